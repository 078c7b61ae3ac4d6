"""flagged wordings settled one by one; the history of a vacancy, field by field"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KINDS = ('sex', 'age', 'origin', 'looks', 'marital', 'legal-age')
MORE_KINDS = (*KINDS, 'maternity', 'disability', 'health', 'religion', 'union')
APPROVED = (
    "approved_at IS NULL OR (grounds <> '' AND approved_by_id IS NOT NULL AND "
    "(grounds_by_id IS NULL OR grounds_by_id <> approved_by_id))"
)


def kind_in(kinds):
    return "kind IN (" + ", ".join(f"'{kind}'" for kind in kinds) + ")"


def upgrade() -> None:
    op.create_table('vacancy_change',
    sa.Column('id', ROW, nullable=False),
    sa.Column('vacancy_id', ROW, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', ROW, nullable=True),
    sa.Column('actor', sa.String(120), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_change_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy_change'))
    )
    op.create_index('ix_vacancy_change_vacancy_id_id', 'vacancy_change', ['vacancy_id', 'id'])
    op.add_column('vacancy', sa.Column('sent_back_for', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('wording_flag') as batch_op:
        batch_op.drop_constraint(op.f('ck_wording_flag_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_wording_flag_kind_known'), kind_in(MORE_KINDS))
        batch_op.add_column(sa.Column('start', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('stop', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('grounds', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('grounds_by_id', ROW, nullable=True))
        batch_op.add_column(sa.Column('grounds_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('approved_by_id', ROW, nullable=True))
        batch_op.add_column(sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('remark', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('remark_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f('fk_wording_flag_grounds_by_id'), 'user', ['grounds_by_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_wording_flag_approved_by_id'), 'user', ['approved_by_id'], ['id'])
        batch_op.create_check_constraint(op.f('ck_wording_flag_approved_by_another'), APPROVED)
    carry_over()
    op.drop_column('vacancy', 'genuine_requirement')


def carry_over() -> None:
    """Find where each wording stands; the one reason of a vacancy becomes that of each wording."""
    connection = op.get_bind()
    flags = connection.execute(sa.text(
        "SELECT f.id, f.vacancy_id, f.field, f.kind, f.excerpt, v.title, v.description, "
        "v.requirement, v.genuine_requirement AS reason FROM wording_flag f "
        "JOIN vacancy v ON v.id = f.vacancy_id ORDER BY f.vacancy_id, f.field, f.id"
    )).mappings().all()
    reached: dict[tuple[int, str], int] = {}
    for flag in flags:
        text = flag[flag['field']]
        place = (flag['vacancy_id'], flag['field'])
        start = text.find(flag['excerpt'], reached.get(place, 0))
        if start < 0:
            start = text.find(flag['excerpt'])
        stop = start + len(flag['excerpt']) if start >= 0 else 0
        reached[place] = max(start, 0)
        connection.execute(
            sa.text("UPDATE wording_flag SET start = :start, stop = :stop, grounds = :grounds WHERE id = :id"),
            {'start': max(start, 0), 'stop': stop, 'id': flag['id'],
             'grounds': flag['reason'] if flag['kind'] != 'legal-age' else ''},
        )


def downgrade() -> None:
    op.add_column('vacancy', sa.Column('genuine_requirement', sa.Text(), nullable=False, server_default=''))
    op.execute(
        "UPDATE vacancy SET genuine_requirement = coalesce((SELECT f.grounds FROM wording_flag f "
        "WHERE f.vacancy_id = vacancy.id AND f.grounds <> '' ORDER BY f.id LIMIT 1), '')"
    )
    # The older program knows fewer kinds: the nearest that it has.
    op.execute("UPDATE wording_flag SET kind = 'marital' WHERE kind = 'maternity'")
    op.execute("UPDATE wording_flag SET kind = 'origin' WHERE kind = 'religion'")
    op.execute("DELETE FROM wording_flag WHERE kind IN ('disability', 'health', 'union')")
    with op.batch_alter_table('wording_flag') as batch_op:
        batch_op.drop_constraint(op.f('ck_wording_flag_approved_by_another'), type_='check')
        batch_op.drop_constraint(op.f('ck_wording_flag_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_wording_flag_kind_known'), kind_in(KINDS))
        batch_op.drop_constraint(op.f('fk_wording_flag_approved_by_id'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_wording_flag_grounds_by_id'), type_='foreignkey')
        for name in ('remark_at', 'remark', 'approved_at', 'approved_by_id', 'grounds_at',
                     'grounds_by_id', 'grounds', 'stop', 'start'):
            batch_op.drop_column(name)
    op.drop_column('vacancy', 'sent_back_for')
    op.drop_index('ix_vacancy_change_vacancy_id_id', table_name='vacancy_change')
    op.drop_table('vacancy_change')
