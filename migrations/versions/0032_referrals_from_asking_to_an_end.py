"""referrals from the first ask to an end, and each thing that was done with them"""

import sqlalchemy as sa
from alembic import op


revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)
STATES = ('asked', 'drafted', 'proposed', 'consented', 'sent', 'seen', 'invited', 'interviewed', 'hired', 'no-show',
          'rejected', 'withdrawn', 'declined', 'no-answer', 'stopped', 'superseded', 'hire-cancelled')
LIVE = STATES[:8]
WAYS = ('counter', 'paper', 'phone', 'online')
HANDS = ('centre', 'firm', 'seeker', 'clock')
USERS = ('drafted_by_id', 'agreed_by_id')
MOMENTS = ('agreed_at', 'sent_at', 'seen_at', 'answered_at', 'ended_at', 'interview_at')


def known(states):
    return "state IN ({})".format(', '.join(f"'{state}'" for state in states))


CHECKS = {
    'ends_with_its_state': f"(ended_at IS NULL) = ({known(LIVE)})",
    'yes_is_whole': "(agreed_at IS NULL) = (agreed_way IS NULL)",
    'open_by_a_yes': "agreed_at IS NOT NULL OR state NOT IN ('consented', 'sent', 'seen', 'invited', 'interviewed')",
    'sent_before_answers': "sent_at IS NOT NULL OR state NOT IN ('sent', 'seen', 'invited', 'interviewed')",
    'invited_to_a_time': "state <> 'invited' OR interview_at IS NOT NULL",
    'hired_by_a_placement': "(placement_id IS NOT NULL) = (state IN ('hired', 'hire-cancelled'))",
    'firms_note_goes': "ended_at IS NULL OR firm_note = ''",
}
UNENDED = sa.text('ended_at IS NULL')
ASKED = sa.text("state = 'asked'")


def upgrade() -> None:
    way = sa.Enum(*WAYS, name='way_known', native_enum=False, create_constraint=True, length=30)
    op.drop_index('uq_referral_live', table_name='referral')
    with op.batch_alter_table('referral') as batch_op:
        batch_op.drop_constraint(op.f('ck_referral_state_known'), type_='check')
        batch_op.alter_column('asked_at', existing_type=MOMENT, nullable=True)
        for name in USERS:
            batch_op.add_column(sa.Column(name, ROW, nullable=True))
            batch_op.create_foreign_key(op.f(f'fk_referral_{name}'), 'user', [name], ['id'])
        for name in MOMENTS:
            batch_op.add_column(sa.Column(name, MOMENT, nullable=True))
        batch_op.add_column(sa.Column('agreed_way', way, nullable=True))
        batch_op.add_column(sa.Column('agreed_evidence', sa.String(200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('answer_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('valid_to', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('interview_place', sa.String(200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('placement_id', ROW, nullable=True))
        batch_op.create_foreign_key(op.f('fk_referral_placement_id'), 'placement', ['placement_id'], ['id'])
        batch_op.add_column(sa.Column('reason', sa.String(30), nullable=True))
        batch_op.add_column(sa.Column('firm_note', sa.Text(), nullable=False, server_default=''))
    op.execute("UPDATE referral SET ended_at = changed_at WHERE state = 'declined'")
    with op.batch_alter_table('referral') as batch_op:
        batch_op.create_check_constraint(op.f('ck_referral_state_known'), known(STATES))
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(f'ck_referral_{name}'), condition)
    op.create_index('uq_referral_live', 'referral', ['vacancy_id', 'seeker_id'], unique=True,
                    sqlite_where=UNENDED, postgresql_where=UNENDED)
    op.create_index('ix_referral_state_answer_by', 'referral', ['state', 'answer_by'])
    op.create_index('ix_referral_drafted_by_id', 'referral', ['drafted_by_id'])
    op.create_index('ix_referral_placement_id', 'referral', ['placement_id'])
    events()


def events() -> None:
    def state(name):
        return sa.Enum(*STATES, name=name, native_enum=False, create_constraint=True, length=30)

    op.create_table('referral_event',
    sa.Column('id', ROW, nullable=False),
    sa.Column('referral_id', ROW, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('verb', sa.String(30), nullable=False),
    sa.Column('before', state('before_known'), nullable=True),
    sa.Column('after', state('after_known'), nullable=False),
    sa.Column('hand', sa.Enum(*HANDS, name='hand_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('user_id', ROW, nullable=True),
    sa.Column('actor', sa.String(120), nullable=False),
    sa.Column('reason', sa.String(30), nullable=True),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('slot_at', MOMENT, nullable=True),
    sa.Column('slot_place', sa.String(200), nullable=False),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_event_referral_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_event'))
    )
    op.create_index('ix_referral_event_referral_id_id', 'referral_event', ['referral_id', 'id'])
    op.create_index('ix_referral_event_verb_at', 'referral_event', ['verb', 'at'])
    columns = ("referral_id, at, verb, before, after, hand, user_id, actor, note, slot_place")
    op.execute(f"INSERT INTO referral_event ({columns}) SELECT r.id, r.asked_at, 'ask', NULL, 'asked', 'firm', "
               "r.asked_by_id, COALESCE(u.name, ''), '', '' FROM referral AS r "
               "LEFT JOIN \"user\" AS u ON u.id = r.asked_by_id ORDER BY r.id")
    op.execute(f"INSERT INTO referral_event ({columns}) SELECT id, changed_at, 'decline', 'asked', 'declined', "
               "'centre', NULL, '', note, '' FROM referral WHERE state = 'declined' ORDER BY id")


def downgrade() -> None:
    """The old table knew two states: what is under way waits again, what ended was declined."""
    op.drop_table('referral_event')
    for name in ('ix_referral_placement_id', 'ix_referral_drafted_by_id', 'ix_referral_state_answer_by', 'uq_referral_live'):
        op.drop_index(name, table_name='referral')
    with op.batch_alter_table('referral') as batch_op:
        for name in (*CHECKS, 'state_known', 'way_known'):
            batch_op.drop_constraint(op.f(f'ck_referral_{name}'), type_='check')
    op.execute(f"UPDATE referral SET state = CASE WHEN {known(LIVE)} THEN 'asked' ELSE 'declined' END, "
               "asked_at = COALESCE(asked_at, created_at)")
    with op.batch_alter_table('referral') as batch_op:
        for name in USERS:
            batch_op.drop_constraint(op.f(f'fk_referral_{name}'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_referral_placement_id'), type_='foreignkey')
        for name in ('firm_note', 'reason', 'placement_id', 'interview_place', 'valid_to', 'answer_by',
                     'agreed_evidence', 'agreed_way', *MOMENTS, *USERS):
            batch_op.drop_column(name)
        batch_op.alter_column('asked_at', existing_type=MOMENT, nullable=False)
        batch_op.create_check_constraint(op.f('ck_referral_state_known'), known(('asked', 'declined')))
    op.create_index('uq_referral_live', 'referral', ['vacancy_id', 'seeker_id'], unique=True,
                    sqlite_where=ASKED, postgresql_where=ASKED)
