"""settings by date"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('setting_value',
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('value', sa.String(200), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(120), nullable=False),
    sa.PrimaryKeyConstraint('key', 'valid_from', name=op.f('pk_setting_value'))
    )


def downgrade() -> None:
    op.drop_table('setting_value')
