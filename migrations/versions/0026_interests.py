"""declared interests of the centre's people in firms"""

import sqlalchemy as sa
from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('declared_interest',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('family', 'represents', 'owns', 'worked', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('declared_by', sa.String(120), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(120), nullable=False),
    sa.Column('ended_why', sa.String(300), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_declared_interest_enterprise_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_declared_interest_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_interest')),
    sa.UniqueConstraint('key', name=op.f('uq_declared_interest_key')),

    )
    with op.batch_alter_table('declared_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declared_interest_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declared_interest_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_declared_interest_stands', ['user_id', 'enterprise_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('declared_interest', schema=None) as batch_op:
        batch_op.drop_index('uq_declared_interest_stands', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_declared_interest_user_id'))
        batch_op.drop_index(batch_op.f('ix_declared_interest_enterprise_id'))

    op.drop_table('declared_interest')
