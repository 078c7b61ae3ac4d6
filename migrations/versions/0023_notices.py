"""notices"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('notice',
    sa.Column('effect_key', sa.String(length=120), nullable=False),
    sa.Column('template', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.LargeBinary(), nullable=True),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('params', sa.LargeBinary(), nullable=False),
    sa.Column('href', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'held', 'sent', 'bundled', 'dead', 'cancelled', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('channel', sa.Enum('inside', 'email', 'zalo', 'sms', 'call', name='channel_known', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('worker', sa.String(length=60), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(300), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('bundled_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN address IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_notice_one_recipient')),
    sa.ForeignKeyConstraint(['bundled_into_id'], ['notice.id'], name=op.f('fk_notice_bundled_into_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notice_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('effect_key', name=op.f('uq_notice_effect_key')),
    sa.UniqueConstraint('key', name=op.f('uq_notice_key')),
    info={'privacy': 'basic'}
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_notice_state_not_before', ['state', 'not_before'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_user_id'), ['user_id'], unique=False)

    op.create_table('call',
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('open', 'done', 'given-up', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_call_by_id')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_call_notice_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('key', name=op.f('uq_call_key')),
    sa.UniqueConstraint('notice_id', name=op.f('uq_call_notice_id')),
    info={'privacy': 'basic'}
    )
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_person_id'), ['person_id'], unique=False)

    op.create_table('inbox_line',
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_inbox_line_notice_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_inbox_line_user_id')),
    sa.PrimaryKeyConstraint('notice_id', name=op.f('pk_inbox_line'))
    )
    with op.batch_alter_table('inbox_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inbox_line_user_id'), ['user_id'], unique=False)

    op.create_table('reply',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('answer', sa.String(300), nullable=False),
    sa.Column('channel', sa.Enum('inside', 'email', 'zalo', 'sms', 'call', name='channel_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_reply_by_id')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_reply_notice_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply')),
    info={'privacy': 'basic'}
    )
    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_notice_id'), ['notice_id'], unique=False)

    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.String(120), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.drop_column('email')

    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reply_notice_id'))

    op.drop_table('reply')
    with op.batch_alter_table('inbox_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inbox_line_user_id'))

    op.drop_table('inbox_line')
    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_person_id'))

    op.drop_table('call')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_user_id'))
        batch_op.drop_index('ix_notice_state_not_before')
        batch_op.drop_index(batch_op.f('ix_notice_person_id'))

    op.drop_table('notice')
