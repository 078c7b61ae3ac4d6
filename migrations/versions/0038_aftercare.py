"""what was agreed at the start of a job, and whether people are still there"""

import sqlalchemy as sa
from alembic import op


revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    with op.batch_alter_table('placement') as batch_op:
        batch_op.add_column(sa.Column('contract', sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column('pay', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('probation_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('is_own_find', sa.Boolean(), server_default=sa.text('false'), nullable=False))
        batch_op.create_check_constraint(op.f('ck_placement_pay_positive'), 'pay IS NULL OR pay > 0')
        batch_op.create_check_constraint(op.f('ck_placement_probation_after_start'), 'probation_until IS NULL OR probation_until >= started_on')
    op.create_table('placement_check',
    sa.Column('placement_id', ROW, nullable=False),
    sa.Column('mark', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('there', 'left', 'unknown', name='answer_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('way', sa.Enum('phone', 'message', 'counter', 'firm-list', 'own-page', name='way_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('said_by', sa.String(120), nullable=False),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint('mark > 0', name=op.f('ck_placement_check_mark_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_placement_check_by_id')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_check_placement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_check')),
    sa.UniqueConstraint('key', name=op.f('uq_placement_check_key')),
    sa.UniqueConstraint('placement_id', 'mark', name=op.f('uq_placement_check_placement_id_mark'))
    )


def downgrade() -> None:
    op.drop_table('placement_check')
    with op.batch_alter_table('placement') as batch_op:
        batch_op.drop_constraint(op.f('ck_placement_probation_after_start'), type_='check')
        batch_op.drop_constraint(op.f('ck_placement_pay_positive'), type_='check')
        batch_op.drop_column('is_own_find')
        batch_op.drop_column('probation_until')
        batch_op.drop_column('pay')
        batch_op.drop_column('contract')
