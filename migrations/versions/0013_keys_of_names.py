"""keys of names"""

import re

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

CHUNK = 5_000
NO_LETTER = re.compile(r"[\W_]+")


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('name_key', sa.String(length=200), server_default='', nullable=False)
        )
    fill()
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index('ix_person_birth', ['birth_year', 'birth_date', 'search'], unique=False)
        batch_op.create_index('ix_person_name_key_birth_year', ['name_key', 'birth_year'], unique=False)


def fill() -> None:
    """Put the words of each folded name in alphabetical order."""
    connection = op.get_bind()
    # The key tells the matcher nothing: without this every file would count as changed. The
    # trigger is put back after each run.
    of_table = "" if connection.dialect.name == "sqlite" else " ON person"
    op.execute(f"DROP TRIGGER IF EXISTS match_person_update{of_table}")
    person = sa.table('person', sa.column('id'), sa.column('search'), sa.column('name_key'))
    change = (
        sa.update(person).where(person.c.id == sa.bindparam('row'))
        .values(name_key=sa.bindparam('key'))
    )
    last = 0
    while rows := connection.execute(
        sa.select(person.c.id, person.c.search).where(person.c.id > last)
        .order_by(person.c.id).limit(CHUNK)
    ).all():
        connection.execute(change, [{'row': row.id, 'key': key(row.search)} for row in rows])
        last = rows[-1].id


def key(search: str) -> str:
    plain = re.sub("['\u2019\u02bc\u02bb`]", "", search)
    return " ".join(sorted(word for word in NO_LETTER.split(plain) if word))[:200]


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index('ix_person_name_key_birth_year')
        batch_op.drop_index('ix_person_birth')
        batch_op.drop_column('name_key')
