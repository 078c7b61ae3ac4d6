"""seals over the ledger and the sight log"""

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('seal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('log', sa.Enum('ledger_entry', 'sight', name='log_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('first_id', sa.BigInteger(), nullable=False),
    sa.Column('last_id', sa.BigInteger(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('columns', sa.String(length=300), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('marks', sa.LargeBinary(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('key_number', sa.Integer(), nullable=False),
    sa.Column('mac', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('last_id >= first_id', name=op.f('ck_seal_range_in_order')),
    sa.CheckConstraint('rows >= 1', name=op.f('ck_seal_rows_at_least_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal')),
    sa.UniqueConstraint('log', 'first_id', name=op.f('uq_seal_log_first_id'))
    )


def downgrade() -> None:
    op.drop_table('seal')
    if op.get_context().dialect.name == 'postgresql':
        for table in ('ledger_entry', 'sight'):
            op.execute(f'DROP TRIGGER IF EXISTS {table}_joins ON {table}')
