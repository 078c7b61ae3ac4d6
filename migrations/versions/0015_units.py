"""the two units by date: names, who signs, number formats"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('number_format',
    sa.Column('unit', sa.Enum('centre', 'school', name='unit_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('paper', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('pattern', sa.String(50), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(120), nullable=False),
    sa.Column('edited', sa.String(400), server_default='|', nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('width BETWEEN 1 AND 8', name=op.f('ck_number_format_width_plausible')),
    sa.PrimaryKeyConstraint('unit', 'paper', 'valid_from', name=op.f('pk_number_format'))
    )
    op.create_table('signatory',
    sa.Column('unit', sa.Enum('centre', 'school', name='unit_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('title_vi', sa.String(80), nullable=False),
    sa.Column('title_en', sa.String(80), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_signatory_ends_after_start')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signatory')),
    sa.UniqueConstraint('key', name=op.f('uq_signatory_key'))
    )
    with op.batch_alter_table('signatory', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signatory_unit'), ['unit'], unique=False)

    op.create_table('unit_profile',
    sa.Column('unit', sa.Enum('centre', 'school', name='unit_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('name_vi', sa.String(160), nullable=False),
    sa.Column('name_en', sa.String(160), nullable=False),
    sa.Column('superior_vi', sa.String(160), nullable=False),
    sa.Column('superior_en', sa.String(160), nullable=False),
    sa.Column('place', sa.String(60), nullable=False),
    sa.Column('address', sa.String(200), nullable=False),
    sa.Column('phone', sa.String(40), nullable=False),
    sa.Column('email', sa.String(120), nullable=False),
    sa.Column('stamp_note', sa.String(200), nullable=False),
    sa.Column('source', sa.String(160), nullable=False),
    sa.Column('edited', sa.String(400), server_default='|', nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('unit', 'valid_from', name=op.f('pk_unit_profile'))
    )


def downgrade() -> None:
    op.drop_table('unit_profile')
    with op.batch_alter_table('signatory', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signatory_unit'))

    op.drop_table('signatory')
    op.drop_table('number_format')
    # a file of this version only: an upgrade loads it again
    op.execute("DELETE FROM loaded_file WHERE name = 'units.csv'")
