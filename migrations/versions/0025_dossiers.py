"""dossiers"""

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

PAPERS = (
    'cv', 'application', 'health-check', 'id-seen', 'degrees', 'certificates-copied', 'photos',
    'insurance-book', 'other-papers',
)


def upgrade() -> None:
    op.create_table('dossier_item',
    sa.Column('paper', sa.Enum(*PAPERS, name='paper_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('has', sa.Boolean(), nullable=True),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('note', sa.String(200), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= dated_on', name=op.f('ck_dossier_item_valid_after_dated')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_dossier_item_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dossier_item')),
    sa.UniqueConstraint('seeker_id', 'paper', name=op.f('uq_dossier_item_seeker_id_paper'))
    )
    with op.batch_alter_table('dossier_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dossier_item_seeker_id'), ['seeker_id'], unique=False)


def downgrade() -> None:
    op.drop_table('dossier_item')
