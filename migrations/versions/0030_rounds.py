"""rounds of recruitment as number and month"""

import datetime as dt
import re

import sqlalchemy as sa
from alembic import op


revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

# "Đợt 2/11/2026", "Đợt 2, tháng 11/2026": what names no month of a year stays as a note
WHOLE = re.compile(r"\D*(\d{1,2})\D+(\d{1,2})\s*/\s*(\d{4})\D*")
WHOLE_CHECK = "(round_number IS NULL) = (round_month IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.add_column(sa.Column('round_number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('round_month', sa.Date(), nullable=True))
    carry_over()
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.create_check_constraint(op.f('ck_vacancy_round_is_whole'), WHOLE_CHECK)
        batch_op.create_index('ix_vacancy_round_month_round_number', ['round_month', 'round_number'])
        batch_op.drop_column('round')


def carry_over() -> None:
    vacancy = sa.table('vacancy', sa.column('id'), sa.column('round'), sa.column('import_notes'),
                       sa.column('round_number', sa.Integer()), sa.column('round_month', sa.Date()))
    connection = op.get_bind()
    written = sa.select(vacancy.c.id, vacancy.c.round, vacancy.c.import_notes).where(vacancy.c.round != '')
    for row in connection.execute(written).all():
        found = WHOLE.fullmatch(row.round)
        if found and 1 <= int(found[2]) <= 12 and int(found[1]) >= 1:
            values = {'round_number': int(found[1]), 'round_month': dt.date(int(found[3]), int(found[2]), 1)}
        else:
            line = f"Đợt tuyển: {row.round}"
            values = {'import_notes': f"{row.import_notes}\n{line}".strip()}
        connection.execute(sa.update(vacancy).where(vacancy.c.id == row.id).values(**values))


def downgrade() -> None:
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.add_column(sa.Column('round', sa.String(40), nullable=False, server_default=''))
        batch_op.drop_index('ix_vacancy_round_month_round_number')
        batch_op.drop_constraint(op.f('ck_vacancy_round_is_whole'), type_='check')
    vacancy = sa.table('vacancy', sa.column('id'), sa.column('round'),
                       sa.column('round_number', sa.Integer()), sa.column('round_month', sa.Date()))
    connection = op.get_bind()
    known = sa.select(vacancy.c.id, vacancy.c.round_number, vacancy.c.round_month).where(vacancy.c.round_month.is_not(None))
    for row in connection.execute(known).all():
        text = f"Đợt {row.round_number}/{row.round_month.month}/{row.round_month.year}"
        connection.execute(sa.update(vacancy).where(vacancy.c.id == row.id).values(round=text))
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.drop_column('round_month')
        batch_op.drop_column('round_number')
