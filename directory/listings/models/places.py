"""Where a listing is found and when: locations, telephones, weekly hours, exceptions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.core.db import Base
from directory.vocabulary.models import LATITUDES, LONGITUDES, Locality, Station

if TYPE_CHECKING:
    from directory.listings.models.listing import Listing


class PhoneUse(StrEnum):
    """What a number is for; a centre's admission desk is not its ambulance."""

    APPOINTMENTS = "appointments"
    ADMISSIONS = "admissions"
    EMERGENCY = "emergency"
    AMBULANCE = "ambulance"
    WARD = "ward"
    COMPLAINTS = "complaints"


class Location(Base):
    """One place where a listing is found; the first is the main one."""

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("listing_id", "position"),
        CheckConstraint("locality_id IS NOT NULL OR lat IS NOT NULL", name="locality_or_point"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point_is_whole"),
        CheckConstraint(LATITUDES, name="lat_range"),
        CheckConstraint(LONGITUDES, name="lon_range"),
        CheckConstraint("length(pincode) = 6", name="pincode_six_digits"),
        CheckConstraint("(station_id IS NULL) = (station_m IS NULL)", name="station_has_distance"),
        CheckConstraint("station_m >= 0", name="station_distance"),
        Index("ix_location_locality_id", "locality_id"),
        Index("ix_location_station_id", "station_id"),
        Index("ix_location_lat_lon", "lat", "lon"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str | None] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(300))
    locality_id: Mapped[int | None] = mapped_column(ForeignKey("locality.id", ondelete="RESTRICT"))
    pincode: Mapped[str | None] = mapped_column(String(6))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id", ondelete="SET NULL"))
    station_m: Mapped[int | None]
    open_24x7: Mapped[bool]

    listing: Mapped[Listing] = relationship(back_populates="locations")
    locality: Mapped[Locality | None] = relationship()
    station: Mapped[Station | None] = relationship()
    phones: Mapped[list[Phone]] = relationship(
        back_populates="location",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Phone.position",
    )
    hours: Mapped[list[OpeningHours]] = relationship(
        back_populates="location",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="OpeningHours.position",
    )
    exceptions: Mapped[list[ScheduleException]] = relationship(
        back_populates="location",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ScheduleException.position",
    )

    def __repr__(self) -> str:
        return f"<Location {self.id}>"


class Phone(Base):
    """A telephone number (E.164) and what it is for."""

    __tablename__ = "phone"
    __table_args__ = (
        UniqueConstraint("location_id", "use", "number"),
        CheckConstraint("length(number) BETWEEN 3 AND 16", name="number_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"))
    position: Mapped[int]
    use: Mapped[PhoneUse]
    number: Mapped[str] = mapped_column(String(16), index=True)

    location: Mapped[Location] = relationship(back_populates="phones")

    def __repr__(self) -> str:
        return f"<Phone {self.id}>"


class OpeningHours(Base):
    """One span of a weekday, in minutes after Delhi midnight.

    `closes_minute` at or past 1440 lies on the next day (1560 is 02:00). A day may have
    several spans; a day without one is closed.
    """

    __tablename__ = "opening_hours"
    __table_args__ = (
        UniqueConstraint("location_id", "weekday", "opens_minute"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_range"),
        CheckConstraint("opens_minute BETWEEN 0 AND 1439", name="opens_range"),
        CheckConstraint(
            "closes_minute > opens_minute AND closes_minute <= opens_minute + 1440",
            name="closes_range",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"))
    position: Mapped[int]
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]

    location: Mapped[Location] = relationship(back_populates="hours")

    def __repr__(self) -> str:
        return f"<OpeningHours {self.id}>"


class ScheduleException(Base):
    """What one dated day does instead of its weekday: other hours, or closed (both None)."""

    __tablename__ = "schedule_exception"
    __table_args__ = (
        UniqueConstraint("location_id", "on_date", "opens_minute"),
        CheckConstraint("(opens_minute IS NULL) = (closes_minute IS NULL)", name="span_is_whole"),
        CheckConstraint("opens_minute BETWEEN 0 AND 1439", name="opens_range"),
        CheckConstraint(
            "closes_minute > opens_minute AND closes_minute <= opens_minute + 1440",
            name="closes_range",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(
        ForeignKey("location.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    on_date: Mapped[date]
    opens_minute: Mapped[int | None]
    closes_minute: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(120))

    location: Mapped[Location] = relationship(back_populates="exceptions")

    def __repr__(self) -> str:
        return f"<ScheduleException {self.id}>"
