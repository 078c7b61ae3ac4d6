"""files brought in, and what their rows became"""

import sqlalchemy as sa
from alembic import op


revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_batch',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('file_name', sa.String(160), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('owner', sa.String(120), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('checking', 'checked', 'writing', 'written', 'undoing', 'undone', 'dropped', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('job_key', sa.Uuid(), nullable=True),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('good', sa.Integer(), nullable=False),
    sa.Column('bad', sa.Integer(), nullable=False),
    sa.Column('doubtful', sa.Integer(), nullable=False),
    sa.Column('known', sa.Integer(), nullable=False),
    sa.Column('written', sa.Integer(), nullable=False),
    sa.Column('undone', sa.Integer(), nullable=False),
    sa.Column('apart', sa.JSON(), nullable=False),
    sa.Column('cells', sa.LargeBinary(), nullable=True),
    sa.Column('findings', sa.LargeBinary(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('good + bad + doubtful + known <= total', name=op.f('ck_import_batch_rows_counted_once')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_import_batch_enterprise_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_import_batch_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch')),
    sa.UniqueConstraint('key', name=op.f('uq_import_batch_key'))
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batch_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index('ix_import_batch_kind_id', ['kind', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_owner_id'), ['owner_id'], unique=False)

    op.create_table('imported_row',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(200), nullable=False),
    sa.Column('stamp', sa.String(length=64), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_imported_row_batch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_row')),
    sa.UniqueConstraint('batch_id', 'row', name=op.f('uq_imported_row_batch_id_row'))
    )
    with op.batch_alter_table('imported_row', schema=None) as batch_op:
        batch_op.create_index('ix_imported_row_mark', ['mark'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('imported_row', schema=None) as batch_op:
        batch_op.drop_index('ix_imported_row_mark')

    op.drop_table('imported_row')
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_owner_id'))
        batch_op.drop_index('ix_import_batch_kind_id')
        batch_op.drop_index(batch_op.f('ix_import_batch_enterprise_id'))

    op.drop_table('import_batch')
