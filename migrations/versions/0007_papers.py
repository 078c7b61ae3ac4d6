"""papers"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('office_form',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('file_name', sa.String(120), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('uploaded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_office_form_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_form')),
    sa.UniqueConstraint('key', name=op.f('uq_office_form_key'))
    )
    with op.batch_alter_table('office_form', schema=None) as batch_op:
        batch_op.create_index('uq_office_form_in_use', ['kind'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('paper',
    sa.Column('unit', sa.Enum('centre', 'school', name='unit_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'checked', 'approved', 'numbered', 'printed', 'signed', 'cancelled', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('shown', sa.String(length=60), nullable=True),
    sa.Column('code', sa.String(length=16), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('subject_kind', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.String(200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('copies', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(300), nullable=False),
    sa.Column('made_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('checked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state = 'cancelled' OR (number IS NOT NULL) = (state IN ('numbered', 'printed', 'signed'))", name=op.f('ck_paper_number_from_numbering_on')),
    sa.CheckConstraint('(number IS NULL) = (year IS NULL) AND (number IS NULL) = (shown IS NULL) AND (number IS NULL) = (code IS NULL) AND (number IS NULL) = (issued_on IS NULL)', name=op.f('ck_paper_number_is_whole')),
    sa.CheckConstraint('copies >= 0', name=op.f('ck_paper_copies_not_negative')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['user.id'], name=op.f('fk_paper_approved_by_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['user.id'], name=op.f('fk_paper_checked_by_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_paper_made_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_paper_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper')),
    sa.UniqueConstraint('code', name=op.f('uq_paper_code')),
    sa.UniqueConstraint('key', name=op.f('uq_paper_key')),
    sa.UniqueConstraint('shown', name=op.f('uq_paper_shown')),
    sa.UniqueConstraint('unit', 'kind', 'year', 'number', name=op.f('uq_paper_unit_kind_year_number'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_paper_subject', ['subject_kind', 'subject_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_subject')
        batch_op.drop_index(batch_op.f('ix_paper_person_id'))

    op.drop_table('paper')
    with op.batch_alter_table('office_form', schema=None) as batch_op:
        batch_op.drop_index('uq_office_form_in_use', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('office_form')
