"""lists know what an administrator edited; a stamp that changes with them"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

TABLES = ('code_value', 'commune', 'minimum_wage', 'occupation', 'park')


def upgrade() -> None:
    stamp = op.create_table('catalogue_stamp',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_stamp'))
    )
    op.bulk_insert(stamp, [{'id': 1, 'value': secrets.token_hex(16)}])
    for table in TABLES:
        op.add_column(table, sa.Column('edited', sa.String(400), server_default='|', nullable=False))
        op.add_column(table, sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    # an end before the start said nothing: such a value was in force on no day
    op.execute("UPDATE code_value SET valid_to = valid_from WHERE valid_to < valid_from")
    with op.batch_alter_table('code_value', schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f('ck_code_value_ends_after_start'),
            'valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from')


def downgrade() -> None:
    with op.batch_alter_table('code_value', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_code_value_ends_after_start'), type_='check')
    for table in TABLES:
        op.drop_column(table, 'version')
        op.drop_column(table, 'edited')
    op.drop_table('catalogue_stamp')
