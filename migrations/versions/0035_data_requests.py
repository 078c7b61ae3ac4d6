"""requests about data and erasures"""

import sqlalchemy as sa
from alembic import op


revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('data_request',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('person_id', ROW, nullable=True),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('contact', sa.String(120), nullable=False),
    sa.Column('asked', sa.Enum('view', 'correct', 'copy', 'withdraw', 'restrict', 'object', 'erase', 'complain', name='asked_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('came', sa.Enum('counter', 'letter', 'phone', 'email', 'online', name='came_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('proof', sa.String(200), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('reply_by', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('extended_on', sa.Date(), nullable=True),
    sa.Column('extended_why', sa.String(300), nullable=False),
    sa.Column('state', sa.Enum('open', 'done', 'refused', 'withdrawn', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('ground', sa.Enum('law-keeps', 'still-needed', 'not-proven', 'not-held', 'harms-others', 'other', name='ground_known', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('taken_by_id', ROW, nullable=True),
    sa.Column('ended_by_id', ROW, nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f('ck_data_request_over_when_ended')),
    sa.CheckConstraint("state <> 'refused' OR ground IS NOT NULL", name=op.f('ck_data_request_refused_on_a_ground')),
    sa.CheckConstraint('due_on >= received_on', name=op.f('ck_data_request_due_after_received')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_data_request_ended_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_data_request_person_id')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['user.id'], name=op.f('fk_data_request_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_request')),
    sa.UniqueConstraint('key', name=op.f('uq_data_request_key')),
    sa.UniqueConstraint('number', name=op.f('uq_data_request_number'))
    )
    op.create_index(op.f('ix_data_request_person_id'), 'data_request', ['person_id'])
    op.create_index('ix_data_request_state_due_on', 'data_request', ['state', 'due_on'])

    op.create_table('erasure',
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('request_id', ROW, nullable=True),
    sa.Column('cause', sa.Enum('request', 'retention', 'authority', 'again', name='cause_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('why', sa.String(300), nullable=False),
    sa.Column('hashes', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('traces', sa.LargeBinary(), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erased_by_id', ROW, nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['erased_by_id'], ['user.id'], name=op.f('fk_erasure_erased_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['data_request.id'], name=op.f('fk_erasure_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('key', name=op.f('uq_erasure_key'))
    )
    op.create_index('ix_erasure_finished_at', 'erasure', ['finished_at'])
    op.create_index(op.f('ix_erasure_person_id'), 'erasure', ['person_id'])
    op.add_column('person', sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('person', 'erased_at')
    op.drop_table('erasure')
    op.drop_table('data_request')
