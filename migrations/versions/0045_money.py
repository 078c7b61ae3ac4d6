"""fees of learners, invoices of firms, payment sheets of public support"""

import sqlalchemy as sa
from alembic import op


revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('invoice',
    sa.Column('class_id', ROW, nullable=False),
    sa.Column('enterprise_id', ROW, nullable=False),
    sa.Column('number', sa.String(40), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(200), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_invoice_amount_positive')),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_invoice_class_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_invoice_enterprise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('key', name=op.f('uq_invoice_key')),
    sa.UniqueConstraint('number', name=op.f('uq_invoice_number'))
    )
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invoice_class_id'), ['class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invoice_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('payment_sheet',
    sa.Column('class_id', ROW, nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('made', 'paid', 'cancelled', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(200), nullable=False),
    sa.Column('made_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name=op.f('ck_payment_sheet_paid_has_a_day')),
    sa.CheckConstraint('last_day >= first_day', name=op.f('ck_payment_sheet_days_in_order')),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_payment_sheet_class_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_payment_sheet_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_sheet')),
    sa.UniqueConstraint('key', name=op.f('uq_payment_sheet_key')),
    sa.UniqueConstraint('number', name=op.f('uq_payment_sheet_number'))
    )
    with op.batch_alter_table('payment_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_sheet_class_id'), ['class_id'], unique=False)

    op.create_table('fee_line',
    sa.Column('id', ROW, nullable=False),
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('kind', sa.Enum('due', 'paid', 'waived', 'refunded', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('receipt', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(200), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_fee_line_amount_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_fee_line_by_id')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_fee_line_enrolment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fee_line'))
    )
    with op.batch_alter_table('fee_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fee_line_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index('uq_fee_line_receipt', ['kind', 'receipt'], unique=True, sqlite_where=sa.text("receipt <> ''"), postgresql_where=sa.text("receipt <> ''"))

    op.create_table('invoice_payment',
    sa.Column('id', ROW, nullable=False),
    sa.Column('invoice_id', ROW, nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(60), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_invoice_payment_amount_positive')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_invoice_payment_by_id')),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_invoice_payment_invoice_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_payment')),
    sa.UniqueConstraint('invoice_id', 'reference', name=op.f('uq_invoice_payment_invoice_id_reference'))
    )
    op.create_table('support_item',
    sa.Column('id', ROW, nullable=False),
    sa.Column('sheet_id', ROW, nullable=False),
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('kind', sa.Enum('training', 'meal', 'travel', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('target_group', sa.String(length=40), nullable=False),
    sa.Column('stands', sa.Boolean(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_support_item_amount_positive')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_support_item_enrolment_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_support_item_person_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['payment_sheet.id'], name=op.f('fk_support_item_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_item'))
    )
    with op.batch_alter_table('support_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_support_item_sheet_id'), ['sheet_id'], unique=False)
        batch_op.create_index('uq_support_item', ['enrolment_id', 'kind', 'day'], unique=True, sqlite_where=sa.text('stands'), postgresql_where=sa.text('stands'))
        batch_op.create_index('uq_support_item_person', ['person_id', 'kind', 'day'], unique=True, sqlite_where=sa.text('stands'), postgresql_where=sa.text('stands'))

    op.create_table('support_terms',
    sa.Column('id', ROW, nullable=False),
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('distance_km', sa.Integer(), nullable=True),
    sa.Column('is_hard_area', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.CheckConstraint('distance_km BETWEEN 0 AND 500', name=op.f('ck_support_terms_distance_plausible')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_support_terms_enrolment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_terms')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_support_terms_enrolment_id'))
    )


def downgrade() -> None:
    op.drop_table('support_terms')
    with op.batch_alter_table('support_item', schema=None) as batch_op:
        batch_op.drop_index('uq_support_item_person', sqlite_where=sa.text('stands'), postgresql_where=sa.text('stands'))
        batch_op.drop_index('uq_support_item', sqlite_where=sa.text('stands'), postgresql_where=sa.text('stands'))
        batch_op.drop_index(batch_op.f('ix_support_item_sheet_id'))

    op.drop_table('support_item')
    op.drop_table('invoice_payment')
    with op.batch_alter_table('fee_line', schema=None) as batch_op:
        batch_op.drop_index('uq_fee_line_receipt', sqlite_where=sa.text("receipt <> ''"), postgresql_where=sa.text("receipt <> ''"))
        batch_op.drop_index(batch_op.f('ix_fee_line_enrolment_id'))

    op.drop_table('fee_line')
    with op.batch_alter_table('payment_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_sheet_class_id'))

    op.drop_table('payment_sheet')
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invoice_enterprise_id'))
        batch_op.drop_index(batch_op.f('ix_invoice_class_id'))

    op.drop_table('invoice')
