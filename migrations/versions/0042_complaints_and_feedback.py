"""complaints with what was done, and what people say of a step without a name"""

import sqlalchemy as sa
from alembic import op


revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KINDS = ('fee', 'unlike-offer', 'discrimination', 'centre', 'other')
WAYS = ('counter', 'phone', 'own-page', 'letter')
STATES = ('new', 'at-work', 'settled', 'unfounded', 'passed-on')
ABOUTS = ('visit', 'referral', 'placement', 'class')


def known(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table('complaint',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('kind', known(KINDS, 'kind_known'), nullable=False),
    sa.Column('way', known(WAYS, 'way_known'), nullable=False),
    sa.Column('person_id', ROW, nullable=True),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('enterprise_id', ROW, nullable=True),
    sa.Column('told', sa.LargeBinary(), nullable=False),
    sa.Column('state', known(STATES, 'state_known'), nullable=False),
    sa.Column('owner_id', ROW, nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('settled', 'unfounded', 'passed-on')) = (closed_on IS NOT NULL)", name=op.f('ck_complaint_closed_when_ended')),
    sa.CheckConstraint("person_id IS NULL OR name = ''", name=op.f('ck_complaint_one_identity')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_complaint_enterprise_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_complaint_owner_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_complaint_person_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_complaint_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint')),
    sa.UniqueConstraint('key', name=op.f('uq_complaint_key')),
    sa.UniqueConstraint('number', name=op.f('uq_complaint_number'))
    )
    op.create_index('ix_complaint_enterprise_id', 'complaint', ['enterprise_id'])
    op.create_index('ix_complaint_owner_id', 'complaint', ['owner_id'])
    op.create_index('ix_complaint_person_id', 'complaint', ['person_id'])
    op.create_index('ix_complaint_state_due_on', 'complaint', ['state', 'due_on'])
    op.create_table('complaint_note',
    sa.Column('complaint_id', ROW, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_complaint_note_by_id')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_note_complaint_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_note')),
    sa.UniqueConstraint('key', name=op.f('uq_complaint_note_key'))
    )
    op.create_index('ix_complaint_note_complaint_id', 'complaint_note', ['complaint_id'])
    op.create_table('feedback_invite',
    sa.Column('id', ROW, nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('about', known(ABOUTS, 'about_known'), nullable=False),
    sa.Column('way', known(('link', 'counter'), 'way_known'), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_invite')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_feedback_invite_token_hash'))
    )
    op.create_index('ix_feedback_invite_expires_on', 'feedback_invite', ['expires_on'])
    op.create_table('feedback_answer',
    sa.Column('id', ROW, nullable=False),
    sa.Column('about', known(ABOUTS, 'about_known'), nullable=False),
    sa.Column('way', known(('link', 'counter'), 'way_known'), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(300), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_feedback_answer_score_bounded')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_answer'))
    )
    op.create_index('ix_feedback_answer_month', 'feedback_answer', ['month'])


def downgrade() -> None:
    op.drop_table('feedback_answer')
    op.drop_table('feedback_invite')
    op.drop_table('complaint_note')
    op.drop_table('complaint')
