"""blanks, the register of certificates, safety training, orders of classes"""

import sqlalchemy as sa
from alembic import op


revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('blank',
    sa.Column('award', sa.Enum('certificate', 'short-certificate', 'diploma', 'safety-certificate', 'safety-card', 'safety-book', 'none', name='award_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('serial', sa.String(length=20), nullable=False),
    sa.Column('state', sa.Enum('in-stock', 'used', 'spoiled', 'returned', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('receipt', sa.String(60), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(200), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(ended_on IS NULL) = (state = 'in-stock')", name=op.f('ck_blank_ended_when_gone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blank')),
    sa.UniqueConstraint('award', 'serial', name=op.f('uq_blank_award_serial')),
    sa.UniqueConstraint('key', name=op.f('uq_blank_key'))
    )
    with op.batch_alter_table('blank', schema=None) as batch_op:
        batch_op.create_index('ix_blank_award_state', ['award', 'state', 'serial'], unique=False)

    op.create_table('blank_count',
    sa.Column('id', ROW, nullable=False),
    sa.Column('award', sa.Enum('certificate', 'short-certificate', 'diploma', 'safety-certificate', 'safety-card', 'safety-book', 'none', name='award_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('counted_on', sa.Date(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(200), nullable=False),
    sa.Column('counted_by_id', ROW, nullable=True),
    sa.CheckConstraint('counted >= 0 AND expected >= 0', name=op.f('ck_blank_count_not_negative')),
    sa.ForeignKeyConstraint(['counted_by_id'], ['user.id'], name=op.f('fk_blank_count_counted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blank_count'))
    )
    op.create_table('training_order',
    sa.Column('enterprise_id', ROW, nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=False),
    sa.Column('wanted_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('state', sa.Enum('asked', 'planned', 'declined', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('class_id', ROW, nullable=True),
    sa.Column('answer', sa.String(300), nullable=False),
    sa.Column('made_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'planned' OR class_id IS NOT NULL", name=op.f('ck_training_order_planned_names_class')),
    sa.CheckConstraint('headcount BETWEEN 1 AND 2000', name=op.f('ck_training_order_headcount_plausible')),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_training_order_class_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_training_order_enterprise_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_training_order_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_order')),
    sa.UniqueConstraint('key', name=op.f('uq_training_order_key'))
    )
    with op.batch_alter_table('training_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_order_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('certificate',
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('award', sa.Enum('certificate', 'short-certificate', 'diploma', 'safety-certificate', 'safety-card', 'safety-book', 'none', name='award_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('paper_id', ROW, nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_certificate_enrolment_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_certificate_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('enrolment_id', 'turn', name=op.f('uq_certificate_enrolment_id_turn')),
    sa.UniqueConstraint('key', name=op.f('uq_certificate_key')),
    sa.UniqueConstraint('paper_id', name=op.f('uq_certificate_paper_id'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_award'), ['award'], unique=False)

    op.create_table('safety_record',
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('enterprise_id', ROW, nullable=True),
    sa.Column('safety_group', sa.Integer(), nullable=False),
    sa.Column('award', sa.Enum('certificate', 'short-certificate', 'diploma', 'safety-certificate', 'safety-card', 'safety-book', 'none', name='award_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('is_refresher', sa.Boolean(), nullable=False),
    sa.Column('trained_on', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('card_number', sa.String(40), nullable=False),
    sa.Column('card_on', sa.Date(), nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('safety_group BETWEEN 1 AND 6', name=op.f('ck_safety_record_group_one_to_six')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > trained_on', name=op.f('ck_safety_record_valid_after')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_safety_record_enrolment_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_safety_record_enterprise_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_safety_record_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_record')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_safety_record_enrolment_id')),
    sa.UniqueConstraint('key', name=op.f('uq_safety_record_key'))
    )
    with op.batch_alter_table('safety_record', schema=None) as batch_op:
        batch_op.create_index('ix_safety_record_enterprise_id', ['enterprise_id', 'valid_to'], unique=False)
        batch_op.create_index('ix_safety_record_person_id', ['person_id', 'safety_group', 'trained_on'], unique=False)

    op.create_table('certificate_event',
    sa.Column('id', ROW, nullable=False),
    sa.Column('certificate_id', ROW, nullable=False),
    sa.Column('kind', sa.Enum('issued', 'blank-replaced', 'reissued', 'handed-over', 'revoked', 'cancelled', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('blank_id', ROW, nullable=True),
    sa.Column('reason', sa.String(200), nullable=False),
    sa.Column('decision', sa.String(80), nullable=False),
    sa.Column('receiver', sa.String(120), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.ForeignKeyConstraint(['blank_id'], ['blank.id'], name=op.f('fk_certificate_event_blank_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_certificate_event_by_id')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_event_certificate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_event')),
    sa.UniqueConstraint('blank_id', name=op.f('uq_certificate_event_blank_id'))
    )
    with op.batch_alter_table('certificate_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_event_certificate_id'), ['certificate_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('certificate_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_event_certificate_id'))

    op.drop_table('certificate_event')
    with op.batch_alter_table('safety_record', schema=None) as batch_op:
        batch_op.drop_index('ix_safety_record_person_id')
        batch_op.drop_index('ix_safety_record_enterprise_id')

    op.drop_table('safety_record')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_award'))

    op.drop_table('certificate')
    with op.batch_alter_table('training_order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_order_enterprise_id'))

    op.drop_table('training_order')
    op.drop_table('blank_count')
    with op.batch_alter_table('blank', schema=None) as batch_op:
        batch_op.drop_index('ix_blank_award_state')

    op.drop_table('blank')
