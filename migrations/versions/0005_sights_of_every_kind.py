"""sights of every kind, found by person, by user and by day"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

LOOKS = ('masked', 'list', 'file', 'paper', 'export', 'sensitive')


def upgrade() -> None:
    # until now only looks at sensitive data were written
    look = sa.Enum(*LOOKS, name='look_known', native_enum=False, create_constraint=True, length=30)
    with op.batch_alter_table('sight', schema=None) as batch_op:
        batch_op.add_column(sa.Column('look', look, nullable=False, server_default='sensitive'))
        batch_op.drop_index(batch_op.f('ix_sight_user_id'))
        batch_op.create_index('ix_sight_user_at', ['user_id', 'at'], unique=False)
        batch_op.create_index('ix_sight_at', ['at'], unique=False)
    with op.batch_alter_table('sight', schema=None) as batch_op:
        batch_op.alter_column('look', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('sight', schema=None) as batch_op:
        batch_op.drop_index('ix_sight_at')
        batch_op.drop_index('ix_sight_user_at')
        batch_op.create_index(batch_op.f('ix_sight_user_id'), ['user_id'], unique=False)
        batch_op.drop_constraint(op.f('ck_sight_look_known'), type_='check')
        batch_op.drop_column('look')
