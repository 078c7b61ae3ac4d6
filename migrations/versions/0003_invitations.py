"""invitations"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invitation',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('role', sa.Enum('administrator', 'manager', 'counsellor', 'school-staff', 'enterprise-user', 'seeker', name='role_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('login_hint', sa.String(80), nullable=False),
    sa.Column('email', sa.String(120), nullable=False),
    sa.Column('invited_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('invited_by', sa.String(120), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(accepted_at IS NULL) = (accepted_user_id IS NULL)', name=op.f('ck_invitation_accepted_by_somebody')),
    sa.CheckConstraint('accepted_at IS NULL OR revoked_at IS NULL', name=op.f('ck_invitation_accepted_or_revoked_not_both')),
    sa.CheckConstraint('expires_at > sent_at', name=op.f('ck_invitation_ends_after_sent')),
    sa.ForeignKeyConstraint(['accepted_user_id'], ['user.id'], name=op.f('fk_invitation_accepted_user_id')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['user.id'], name=op.f('fk_invitation_invited_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('accepted_user_id', name=op.f('uq_invitation_accepted_user_id')),
    sa.UniqueConstraint('key', name=op.f('uq_invitation_key')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )


def downgrade() -> None:
    op.drop_table('invitation')
