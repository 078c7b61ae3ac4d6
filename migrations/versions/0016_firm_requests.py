"""requests for accounts of firms"""

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('firm_request',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'asked', 'granted', 'denied', 'withdrawn', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('firm_name', sa.String(200), nullable=False),
    sa.Column('tax_number', sa.String(length=14), nullable=False),
    sa.Column('park_code', sa.String(length=40), nullable=True),
    sa.Column('address', sa.String(200), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('position', sa.String(80), nullable=False),
    sa.Column('phone', sa.String(length=16), nullable=False),
    sa.Column('email', sa.String(120), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'granted' OR enterprise_id IS NOT NULL", name=op.f('ck_firm_request_granted_names_firm')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_firm_request_enterprise_id')),
    sa.ForeignKeyConstraint(['park_code'], ['park.code'], name=op.f('fk_firm_request_park_code')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_firm_request_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_firm_request')),
    sa.UniqueConstraint('key', name=op.f('uq_firm_request_key')),

    )
    with op.batch_alter_table('firm_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_firm_request_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_firm_request_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_firm_request_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_firm_request_live', ['user_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'asked')"), postgresql_where=sa.text("state IN ('waiting', 'asked')"))

    op.create_table('firm_request_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('text', sa.String(500), nullable=False),
    sa.Column('by_user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(120), nullable=False),
    sa.Column('by_role', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_firm_request_step_by_user_id')),
    sa.ForeignKeyConstraint(['request_id'], ['firm_request.id'], name=op.f('fk_firm_request_step_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_firm_request_step')),

    )
    with op.batch_alter_table('firm_request_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_firm_request_step_request_id'), ['request_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('firm_request_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_firm_request_step_request_id'))

    op.drop_table('firm_request_step')
    with op.batch_alter_table('firm_request', schema=None) as batch_op:
        batch_op.drop_index('uq_firm_request_live', sqlite_where=sa.text("state IN ('waiting', 'asked')"), postgresql_where=sa.text("state IN ('waiting', 'asked')"))
        batch_op.drop_index(batch_op.f('ix_firm_request_user_id'))
        batch_op.drop_index(batch_op.f('ix_firm_request_state'))
        batch_op.drop_index(batch_op.f('ix_firm_request_enterprise_id'))

    op.drop_table('firm_request')
