"""why a vacancy was closed, and what became of the people under way"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

REASONS = ('expired', 'filled-elsewhere', 'not-needed', 'mistake', 'other')


def upgrade() -> None:
    reason = sa.Enum(*REASONS, name='reason_known', native_enum=False, create_constraint=True, length=30)
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.add_column(sa.Column('close_reason', reason, nullable=True))
        batch_op.create_check_constraint(
            op.f('ck_vacancy_reason_when_closed'), "close_reason IS NULL OR state = 'closed'"
        )
    fate = sa.Enum('stay', 'release', name='under_way_known', native_enum=False, create_constraint=True, length=30)
    with op.batch_alter_table('vacancy_change') as batch_op:
        batch_op.add_column(sa.Column('people', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('under_way', fate, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('vacancy_change') as batch_op:
        batch_op.drop_constraint(op.f('ck_vacancy_change_under_way_known'), type_='check')
        batch_op.drop_column('under_way')
        batch_op.drop_column('people')
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.drop_constraint(op.f('ck_vacancy_reason_when_closed'), type_='check')
        batch_op.drop_constraint(op.f('ck_vacancy_reason_known'), type_='check')
        batch_op.drop_column('close_reason')
