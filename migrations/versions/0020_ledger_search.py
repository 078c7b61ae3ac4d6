"""indexes that the ledger is searched by"""

from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

INDEXES = {
    'ix_ledger_entry_user': ['user_id', 'id'],
    'ix_ledger_entry_action': ['action', 'id'],
    'ix_ledger_entry_kind': ['subject_kind', 'id'],
    'ix_ledger_entry_at': ['at'],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, 'ledger_entry', columns, unique=False)
    op.drop_index('ix_ledger_entry_user_id', table_name='ledger_entry')


def downgrade() -> None:
    op.create_index('ix_ledger_entry_user_id', 'ledger_entry', ['user_id'], unique=False)
    for name in INDEXES:
        op.drop_index(name, table_name='ledger_entry')
