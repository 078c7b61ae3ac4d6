"""Lines of money, invoices of firms, and payment sheets of public support."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter.courses.models import TrainingClass
from jobcenter.enrolments.models import Enrolment
from jobcenter.enterprises.models import Enterprise
from jobcenter.kernel.db import Base, Id, Keyed, Line, Versioned, choice
from jobcenter.kernel.privacy import BASIC, BLANKED, COUNTED, PLAIN
from jobcenter.tuition.choices import FeeKind, SheetState, SupportKind

_STANDS = text("stands")
_HAS_RECEIPT = text("receipt <> ''")


class FeeLine(Base):
    """A line of one learner's account in VND; written once, corrected by another line."""

    __tablename__ = "fee_line"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("uq_fee_line_receipt", "kind", "receipt", unique=True,
              sqlite_where=_HAS_RECEIPT, postgresql_where=_HAS_RECEIPT),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    kind: Mapped[FeeKind] = mapped_column(choice(FeeKind, "kind_known"), info=BASIC | COUNTED)
    amount: Mapped[int] = mapped_column(info=BASIC | COUNTED)
    day: Mapped[dt.date] = mapped_column(info=BASIC | COUNTED)
    receipt: Mapped[str] = mapped_column(String(40), default="", info=BASIC | COUNTED)
    reason: Mapped[str] = mapped_column(Line(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Invoice(Keyed, Versioned, Base):
    """What a firm is asked to pay for its class."""

    __tablename__ = "invoice"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"), {"info": PLAIN})

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"), index=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), index=True)
    number: Mapped[str] = mapped_column(Line(40), unique=True)
    issued_on: Mapped[dt.date]
    amount: Mapped[int]
    note: Mapped[str] = mapped_column(Line(200), default="")

    enterprise: Mapped[Enterprise] = relationship()
    payments: Mapped[list[InvoicePayment]] = relationship(order_by="InvoicePayment.id")

    @property
    def paid(self) -> int:
        """Return how much came."""
        return sum(one.amount for one in self.payments)


class InvoicePayment(Base):
    """Money of a firm that came; a reference of a bank counts once."""

    __tablename__ = "invoice_payment"
    __table_args__ = (
        UniqueConstraint("invoice_id", "reference"),
        CheckConstraint("amount > 0", name="amount_positive"),
        {"info": PLAIN},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    paid_on: Mapped[dt.date]
    amount: Mapped[int]
    reference: Mapped[str] = mapped_column(Line(60))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class SupportTerms(Base):
    """How far somebody lives, and whether in a difficult area: travel money follows from it."""

    __tablename__ = "support_terms"
    __table_args__ = (
        CheckConstraint("distance_km BETWEEN 0 AND 500", name="distance_plausible"),
        {"info": BASIC | BLANKED},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    distance_km: Mapped[int | None]
    is_hard_area: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=BASIC | COUNTED
    )


class PaymentSheet(Keyed, Versioned, Base):
    """A sheet by which support is paid to the learners of a class: BTT-2026-0001."""

    __tablename__ = "payment_sheet"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid_has_a_day"),
        {"info": PLAIN},
    )

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    state: Mapped[SheetState] = mapped_column(
        choice(SheetState, "state_known"), default=SheetState.MADE
    )
    paid_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(Line(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    course: Mapped[TrainingClass] = relationship()
    items: Mapped[list[SupportItem]] = relationship(
        order_by="SupportItem.id", back_populates="sheet"
    )

    @property
    def total(self) -> int:
        """Return the money of the sheet."""
        return sum(one.amount for one in self.items)


class SupportItem(Base):
    """One amount for one learner; `day` is the day of a meal, else the first day of the class.

    `stands` falls with a cancelled sheet; among those that stand nothing is there twice.
    """

    __tablename__ = "support_item"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("uq_support_item", "enrolment_id", "kind", "day", unique=True,
              sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("uq_support_item_person", "person_id", "kind", "day", unique=True,
              sqlite_where=_STANDS, postgresql_where=_STANDS),
        {"info": BASIC | BLANKED},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("payment_sheet.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[SupportKind] = mapped_column(
        choice(SupportKind, "kind_known"), info=BASIC | COUNTED
    )
    day: Mapped[dt.date] = mapped_column(info=BASIC | COUNTED)
    amount: Mapped[int] = mapped_column(info=BASIC | COUNTED)
    target_group: Mapped[str] = mapped_column(String(40), default="", info=BASIC | COUNTED)
    stands: Mapped[bool] = mapped_column(default=True, info=PLAIN)

    sheet: Mapped[PaymentSheet] = relationship(back_populates="items")
    enrolment: Mapped[Enrolment] = relationship()
