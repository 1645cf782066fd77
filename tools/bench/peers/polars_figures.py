"""The project's figures once more, with polars: fct_fte and fct_indicator.

Findings that stop nothing (R23, and the remarks of R22) are left out: no figure rests
on them.

    python tools/bench/peers/polars_figures.py INPUT OUTPUT
"""

import argparse
import sys
import tempfile
from pathlib import Path

import polars as pl
from settings import (
    CARRY_FORWARD_ACROSS_BREAK,
    CARRY_FORWARD_MAX_YEARS,
    CEILING_PER_1000,
    COMPARISON_GROUP_MINIMUM,
    COUNTRY,
    DISPLAY_RULE,
    DISTRICTS_SHOWN_FROM,
    FORM_EDITIONS,
    LABEL_SPACES,
    LEVELS,
    NUMBER,
    SPACES,
    THOUSANDS_WITH_PERIODS,
    TIME,
    YEARS,
)

# As wide as decimals get; after the comma person-years as reported, those times the
# share of a municipality, those times a share of a unit.
AS_REPORTED, TIMES_SHARE, TIMES_SOURCE = (pl.Decimal(38, n) for n in (8, 14, 20))
FIGURE = pl.Decimal(18, 8)
SHARE = pl.Decimal(38, 12)

PART = ["year", "submission_id", "target_group"]
RESPONSE = ["year", "unit", "target_group"]
CELL = ["target_group", "service_code", "education_code"]
REGION = ["year", "region_level", "region_code"]


# --- Text and numbers -----------------------------------------------------------------


def trimmed(text: pl.Expr, spaces: str = SPACES) -> pl.Expr:
    """The text without what stands around it; empty for nothing."""
    return text.fill_null("").str.strip_chars(spaces)


def compared(label: pl.Expr) -> pl.Expr:
    """R21: a service label as it is compared."""
    return trimmed(label, LABEL_SPACES).str.to_lowercase()


def matches(text: pl.Expr, pattern: str) -> pl.Expr:
    """Whether the whole text matches."""
    return text.str.contains(f"^(?:{pattern})$")


def number(raw: pl.Expr) -> pl.Expr:
    """R22: the number that a text means, empty if it is refused."""
    text = trimmed(raw)
    plain = (
        pl.when(matches(text, THOUSANDS_WITH_PERIODS))
        .then(text.str.replace_all(".", "", literal=True))
        .otherwise(text)
        .str.replace_all(f"[{SPACES}]", "")
        .str.replace(",", ".", literal=True)
    )
    whole = plain.str.extract("^([^.]*)").str.strip_chars_start("0")
    # The fifth decimal decides, so nothing after it is read.
    decimals = plain.str.extract("[.]([0-9]{1,5})").fill_null("0")
    value = (
        pl.when(whole.str.len_chars() > 9)
        .then(pl.lit("999999999"))
        .otherwise(pl.format("0{}.{}", whole, decimals))
        .cast(pl.Decimal(18, 5), strict=False)
        .round(4, mode="half_away_from_zero")
        .cast(AS_REPORTED)
    )
    return (
        pl.when(text.is_in(["", "-"]))
        .then(pl.lit(0).cast(AS_REPORTED))
        .when(matches(text, NUMBER))
        .then(value)
    )


def time_of_receipt(text: pl.Expr) -> pl.Expr:
    """R21: the time that a text means, empty if it is unreadable."""
    readable = pl.when(matches(text, TIME)).then(
        text.str.replace(",", ".").str.head(26)
    )
    return pl.coalesce(
        readable.str.to_datetime(form, time_unit="us", strict=False)
        for form in ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M")
    ).fill_null(readable.str.to_date("%Y-%m-%d", strict=False).cast(pl.Datetime("us")))


def ratio(numerator: pl.Expr, denominator: pl.Expr, decimals: int) -> pl.Expr:
    """R14: numerator / denominator, rounded half away from zero to the decimals.

    Both have at most eight decimals. In whole numbers all the way; empty where the
    denominator is 0.
    """
    n, d = (
        (value.cast(AS_REPORTED) * 10**8).cast(pl.Int128)
        for value in (numerator, denominator)
    )
    quotient = (2 * n.abs() * 10**decimals + d) // (2 * d)
    scaled = quotient.cast(pl.Decimal(38, decimals)) / 10**decimals
    return pl.when(n < 0).then(-scaled).otherwise(scaled)


def rounded(value: pl.Expr, decimals: int) -> pl.Expr:
    """The value rounded half away from zero."""
    return value.round(decimals, mode="half_away_from_zero").cast(
        pl.Decimal(18, decimals)
    )


# --- The register and the regions -----------------------------------------------------


class Reference:
    """The reference tables, and what follows from them alone."""

    def __init__(self, folder: Path) -> None:
        """Read the tables and derive years, register and regions."""
        self.folder = folder
        self.years = self.collection_years()
        self.register = self.reporting_units()
        self.predecessors = self.units_of_the_year_before()
        self.municipalities = self.municipalities_of_series()
        self.regions = self.names_of_regions()
        # What the cells of person-years are told apart by, as small numbers.
        self.cell_types = {
            column: pl.Enum(self[table][column].unique(maintain_order=True))
            for column, table in (
                ("target_group", "target_groups"),
                ("service_code", "services"),
                ("education_code", "education_categories"),
            )
        }

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table."""
        return pl.read_parquet(self.folder / f"{name}.parquet")

    def collection_years(self) -> pl.DataFrame:
        """The years with their series, and whether it breaks there."""
        years = pl.DataFrame(
            {"year": list(YEARS), "form_edition": list(YEARS.values())},
            schema_overrides={"year": pl.Int32},
        )
        series = self["series"].drop("form_edition")
        return years.join(series, how="cross").filter(in_force())[
            ["year", "form_edition", "series_code", "structure_year"]
        ]

    def reporting_units(self) -> pl.DataFrame:
        """R17: every unit that must answer in a year, with its inhabitants."""
        districts = self["districts"].filter("is_reporting_unit")
        years = self.years.select("year")
        units = pl.concat(
            [
                self["municipalities"].select(
                    pl.col("municipality_code").alias("unit"),
                    pl.lit(None, pl.String).alias("name"),
                    "municipality_code",
                    "first_year",
                    "last_year",
                    is_district=False,
                ),
                districts.select(
                    pl.col("district_code").alias("unit"),
                    pl.col("district_name").alias("name"),
                    "municipality_code",
                    "first_year",
                    "last_year",
                    is_district=True,
                ),
            ]
        )
        inhabitants = pl.concat(
            self[table].select("year", unit, "population").rename({unit: "unit"})
            for table, unit in (
                ("population", "municipality_code"),
                ("district_population", "district_code"),
            )
        )
        is_city_wide = ~pl.col("is_district") & pl.col("unit").is_in(
            districts["municipality_code"].unique().implode()
        )
        return (
            years.join(units, how="cross")
            .filter(in_force())
            .join(inhabitants, on=["year", "unit"], how="left")
            .select(
                "year",
                "unit",
                "name",
                "municipality_code",
                "is_district",
                # A city-wide unit has no inhabitants of its own, but is held
                # against those of the city.
                pl.when(~is_city_wide).then("population").otherwise(0),
                ceiling_population="population",
            )
        )

    def units_of_the_year_before(self) -> pl.DataFrame:
        """R18: where a unit's person-years of the year before are to be found."""
        edition_before = (pl.col("year") - 1).replace_strict(YEARS, default=None)
        years = self.years.filter(
            edition_before.is_not_null()
            if CARRY_FORWARD_ACROSS_BREAK
            else edition_before == pl.col("form_edition")
        )
        changes = self["municipality_changes"].filter(pl.col("kind") != "partial")
        return (
            self.register.join(years, on="year", how="semi")
            .join(
                changes,
                left_on=["year", "unit"],
                right_on=["change_year", "new_code"],
                how="left",
            )
            .select(
                source_year="year",
                source_unit="unit",
                predecessor=pl.coalesce("old_code", "unit"),
                predecessor_share=pl.col("share").fill_null(1).cast(pl.Decimal(38, 18)),
                over_estimate=pl.col("is_estimated").fill_null(False),
            )
        )

    def municipalities_of_series(self) -> pl.DataFrame:
        """R12, R15, R16: the series' municipalities, inhabitants and groups."""
        correspondence = self["municipality_correspondence"]
        moved = (
            self.years.join(self["population"], on="year")
            .join(correspondence, on=["structure_year", "municipality_code"])
            .group_by(
                "year",
                "structure_year",
                municipality_code="structure_municipality_code",
            )
            .agg(
                rounded(
                    (
                        pl.col("population").cast(pl.Decimal(38, 10)) * pl.col("share")
                    ).sum(),
                    4,
                ).alias("population")
            )
        )
        kostra_groups = (
            moved.select("structure_year")
            .unique()
            .join(self["kostra_groups"], how="cross")
            .filter(in_force("structure_year"))
            .select("structure_year", "municipality_code", "kostra_group_code")
        )
        # A municipality that was split later belongs where most of it went.
        centrality = (
            correspondence.join(
                self["centrality"],
                left_on=["structure_year", "structure_municipality_code"],
                right_on=["structure_year", "municipality_code"],
            )
            .sort("share", "structure_municipality_code", descending=[True, False])
            .unique("municipality_code", keep="first", maintain_order=True)
            .select("municipality_code", "centrality_class_code")
        )
        size_groups = self["size_groups"].select(
            pl.col("population_min").cast(pl.Int64),
            "population_max",
            "size_group_code",
        )
        return (
            moved.join(
                self["municipalities"].select(
                    "municipality_code", "municipality_name", "county_code"
                ),
                on="municipality_code",
                how="left",
            )
            .join(
                self["counties"].select("county_code", "health_region_code"),
                on="county_code",
                how="left",
            )
            .join(kostra_groups, on=["structure_year", "municipality_code"], how="left")
            .join(centrality, on="municipality_code", how="left")
            # Whole inhabitants: between two groups is in the lower one.
            .with_columns(whole=pl.col("population").cast(pl.Int64))
            .sort("whole")
            .join_asof(
                size_groups.sort("population_min"),
                left_on="whole",
                right_on="population_min",
            )
            .with_columns(
                pl.when(
                    pl.col("whole")
                    <= pl.col("population_max").fill_null(pl.col("whole"))
                ).then("size_group_code"),
                **{name: pl.lit(code) for name, code in COUNTRY.items()},
            )
            .with_row_index("place")
        )

    def names_of_regions(self) -> pl.DataFrame:
        """R16: every region with its name, and its newest KOSTRA group."""
        now = self.municipalities.sort("year").unique(
            "municipality_code", keep="last", maintain_order=True
        )
        districts = (
            self.register.filter("is_district")
            .select("unit", "name", "municipality_code")
            .unique()
        )
        groups = {
            "kostra_group": ("kostra_group_definitions", "kostra_group_code"),
            "size_group": ("size_groups", "size_group_code"),
            "centrality": ("centrality_classes", "centrality_class_code"),
            "health_region": ("health_regions", "health_region_code"),
        }
        named = [
            ("country", pl.DataFrame({"code": "0", "name": "Norge"})),
            (
                "county",
                self["counties"]
                .join(now, on="county_code", how="semi")
                .select("county_code", "county_name"),
            ),
            ("municipality", now.select("municipality_code", "municipality_name")),
            ("district", districts.select("unit", "name")),
            *(
                (level, self[table].select(code, "name_nb"))
                for level, (table, code) in groups.items()
            ),
        ]
        regions = pl.concat(
            table.select(
                pl.lit(level).alias("region_level"),
                pl.nth(0).alias("region_code"),
                pl.nth(1).alias("region_name"),
            )
            for level, table in named
        )
        kostra_groups = now.select(
            pl.lit("municipality").alias("region_level"),
            pl.col("municipality_code").alias("region_code"),
            "kostra_group_code",
        )
        return regions.join(
            kostra_groups, on=["region_level", "region_code"], how="left"
        ).with_columns(region_key=pl.format("{}:{}", "region_level", "region_code"))

    def municipalities_of_units(self) -> pl.DataFrame:
        """R15: the municipalities of the series that units are in, and groups."""
        return (
            self.register.join(self.years, on="year")
            .join(
                self["municipality_correspondence"],
                on=["structure_year", "municipality_code"],
            )
            .drop("municipality_code", "population")
            .rename({"structure_municipality_code": "municipality_code"})
            .join(self.municipalities, on=["year", "municipality_code"])
            .select("year", "unit", "share", "is_estimated", "place", *LEVELS.values())
        )

    def units_of_regions(self) -> pl.DataFrame:
        """R13, R15: the units of every region, with their shares."""
        units = self.municipalities_of_units()
        through_municipalities = [
            units.group_by("year", "unit", region_code=column)
            .agg(
                pl.col("share").sum().cast(SHARE),
                is_estimated=pl.col("is_estimated").any() & (pl.col("share").sum() < 1),
            )
            .with_columns(region_level=pl.lit(level))
            for level, column in LEVELS.items()
        ]
        districts = self.shown_districts().select(
            "year",
            "unit",
            region_code="unit",
            share=pl.lit(1).cast(SHARE),
            is_estimated=False,
            region_level=pl.lit("district"),
        )
        return pl.concat([*through_municipalities, districts])

    def shown_districts(self) -> pl.DataFrame:
        """R16: the districts of the years in which they are shown."""
        return self.register.filter(
            pl.col("is_district") & (pl.col("year") >= DISTRICTS_SHOWN_FROM)
        )


def in_force(year: str = "year") -> pl.Expr:
    """Whether the year is one of a row's years."""
    return pl.col(year).is_between(
        "first_year", pl.col("last_year").fill_null(pl.col(year))
    )


# --- Submissions ----------------------------------------------------------------------


def read_reviews(path: Path) -> pl.DataFrame:
    """R24: reviewers' decisions, typed."""
    return pl.read_parquet(path).select(
        year=pl.col("year").str.strip_chars(SPACES).cast(pl.Int32, strict=False),
        submission_id=pl.col("submission_id").fill_null(""),
        target_group=trimmed(pl.col("target_group")),
        decision=trimmed(pl.col("decision")),
        label=compared(pl.col("service_label")),
        column=trimmed(pl.col("column_name")),
        old_value=trimmed(pl.col("old_value")),
        new_fte=number(pl.col("new_value")),
    )


def read_lines(
    folder: Path, year: int, reference: Reference, reviews: pl.DataFrame
) -> pl.LazyFrame:
    """R2, R7, R22, R24: a year's lines, read, with a column for each education."""
    edition = YEARS[year]
    educations = educations_of(edition, reference)
    services = (
        reference["services"]
        .filter(pl.col("form_edition") == edition)
        .select(
            "target_group", "service_code", "in_scope", label=compared(pl.col("label"))
        )
    )
    target_groups = reference["target_groups"].select(
        "target_group", part_label="raw_label"
    )
    lines = (
        pl.scan_parquet(folder / "received" / f"submissions_{year}.parquet")
        .select(
            pl.lit(year, pl.Int32).alias("year"),
            pl.col("innsending_id").fill_null("").alias("submission_id"),
            pl.col("enhet").fill_null("").alias("unit"),
            pl.col("mottatt").fill_null("").alias("received_text"),
            pl.col("del").fill_null("").alias("part_label"),
            compared(pl.col("tjeneste")).alias("label"),
            *educations,
        )
        .join(target_groups.lazy(), on="part_label", how="left")
        .with_columns(pl.col("target_group").fill_null("unknown"))
        .join(services.lazy(), on=["target_group", "label"], how="left")
    )
    for column in educations:
        corrections = reviews.filter(
            (pl.col("decision") == "correct")
            & (pl.col("year") == year)
            & (pl.col("column") == column)
        ).select(*PART, "label", "old_value", pl.col("new_fte").alias(f"new_{column}"))
        if corrections.height:
            lines = lines.join(
                corrections.lazy(),
                left_on=[*PART, "label", trimmed(pl.col(column))],
                right_on=[*PART, "label", "old_value"],
                how="left",
            )
        else:
            lines = lines.with_columns(pl.lit(None, AS_REPORTED).alias(f"new_{column}"))
    return (
        lines.with_columns(
            number(pl.col(column)).alias(column) for column in educations
        )
        .select(
            *PART,
            "unit",
            "received_text",
            "part_label",
            "label",
            "service_code",
            "in_scope",
            *(
                pl.coalesce(f"new_{column}", column).alias(education)
                for column, education in educations.items()
            ),
            fte_as_received=pl.sum_horizontal(*educations),
            n_corrections=pl.sum_horizontal(
                pl.col(f"new_{column}").is_not_null() for column in educations
            ),
        )
        .with_columns(
            fte=pl.sum_horizontal(*educations.values()),
            is_refused=pl.any_horizontal(
                pl.col(education).is_null() for education in educations.values()
            ),
        )
    )


def educations_of(edition: str, reference: Reference) -> dict[str, str]:
    """R4, R5: the columns of a form edition, and the education that each holds."""
    table = reference["education_categories"].filter(
        (pl.col("form_edition") == edition) & (pl.col("raw_column") != "")
    )
    return dict(zip(table["raw_column"], table["education_code"], strict=True))


def judge_parts(
    lines: pl.LazyFrame, reviews: pl.DataFrame, reference: Reference
) -> pl.DataFrame:
    """R20, R21, R24: the parts of the submissions and what became of them."""
    parts = (
        lines.with_columns(received_at=time_of_receipt(pl.col("received_text")))
        .with_columns(
            unreadable=pl.when(pl.col("received_at").is_null()).then("received_text")
        )
        .group_by(PART)
        .agg(
            units=pl.col("unit").unique(),
            unit=pl.col("unit").min(),
            last_unit=pl.col("unit").max(),
            received_at=pl.col("received_at").min(),
            last_received_at=pl.col("received_at").max(),
            unreadable=pl.col("unreadable").min(),
            last_unreadable=pl.col("unreadable").max(),
            fte=pl.col("fte").sum(),
            fte_as_received=pl.col("fte_as_received").sum(),
            n_corrections=pl.col("n_corrections").sum(),
            is_refused=pl.col("is_refused").any(),
            has_unknown_service=pl.col("service_code").is_null().any(),
            has_duplicates=pl.struct("part_label", "label").n_unique() < pl.len(),
        )
        .collect(engine="streaming")
    )
    # Which units are in a year's register at all.
    strangers = (
        parts.select(*PART, unit="units")
        .explode("unit")
        .join(reference.register, on=["year", "unit"], how="anti")
        .select(PART)
        .unique()
        .with_columns(has_stranger=True)
    )
    decisions = reviews.group_by(PART).agg(
        is_accepted=(pl.col("decision") == "accept").any(),
        is_rejected=(pl.col("decision") == "reject").any(),
        is_reviewed=True,
    )
    n_corrections = (reviews["decision"] == "correct").sum()
    if (
        decisions.join(parts, on=PART, how="anti").height
        or parts["n_corrections"].sum() != n_corrections
    ):
        sys.exit("A reviewer's decision points to no part or no cell.")
    parts = (
        parts.join(strangers, on=PART, how="left")
        .join(decisions, on=PART, how="left")
        .join(
            reference.register.select("year", "unit", "ceiling_population"),
            on=["year", "unit"],
            how="left",
        )
        .with_columns(
            pl.col(
                "has_stranger", "is_accepted", "is_rejected", "is_reviewed"
            ).fill_null(False)
        )
    )
    parts = parts.with_columns(is_valid=~has_error(reference))
    if parts.select((pl.col("is_accepted") & ~pl.col("is_valid")).any()).item():
        sys.exit("A part that was accepted cannot be.")
    used = (
        parts.filter("is_valid")
        .sort("received_at", "submission_id", nulls_last=False)
        .unique(RESPONSE, keep="last", maintain_order=True)
        .select(PART)
        .with_columns(is_used=True)
    )
    return parts.join(used, on=PART, how="left").with_columns(
        pl.col("is_used").fill_null(False)
    )


def has_error(reference: Reference) -> pl.Expr:
    """R21: whether a part fails a hard check that no reviewer has set aside."""
    of_submission = ["year", "submission_id"]

    def several(first: str, last: str) -> pl.Expr:
        first = pl.col(first).min().over(of_submission)
        return (first < pl.col(last).max().over(of_submission)).fill_null(False)

    def any_part(column: str) -> pl.Expr:
        return pl.col(column).is_not_null().any().over(of_submission)

    is_unknown = pl.col("target_group") == "unknown"
    checks = {
        # The same becomes of a part by unit_not_in_force.
        "unknown_unit": pl.col("has_stranger"),
        "unknown_target_group": is_unknown,
        "unknown_service": pl.col("has_unknown_service") & ~is_unknown,
        "duplicate_service": pl.col("has_duplicates"),
        # The same by negative.
        "not_a_number": pl.col("is_refused"),
        "unreadable_time": pl.col("unreadable").is_not_null(),
        "inconsistent_submission": several("unit", "last_unit")
        | several("received_at", "last_received_at")
        | several("unreadable", "last_unreadable")
        | (any_part("received_at") & any_part("unreadable")),
        "implausible_level": (
            pl.col("fte") * 1000 > CEILING_PER_1000 * pl.col("ceiling_population")
        ).fill_null(False),
        "rejected_in_review": pl.col("is_rejected"),
    }
    acceptable = reference["rules"].filter("can_be_accepted")["rule_code"]
    # Nobody can accept more person-years than inhabitants.
    has_room = pl.max_horizontal("fte", "fte_as_received") <= pl.col(
        "ceiling_population"
    )
    for rule in set(checks).intersection(acceptable):
        is_accepted = pl.col("is_accepted")
        if rule == "implausible_level":
            is_accepted &= has_room
        checks[rule] &= ~is_accepted
    return pl.any_horizontal(checks.values())


# --- What every unit has --------------------------------------------------------------


def decide(
    parts: pl.DataFrame, reference: Reference
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """R18: what each unit's person-years rest on, and where silent ones' come from."""
    used = parts.filter("is_used").select(*RESPONSE, is_answered=True)
    reviewed = parts.filter(
        pl.col("is_reviewed") & (pl.col("is_used") | ~pl.col("is_valid"))
    )
    expected = (
        reference.register.select("year", "unit")
        .join(reference["target_groups"].select("target_group"), how="cross")
        .join(used, on=RESPONSE, how="left")
        .join(
            reviewed.select(*RESPONSE, is_reviewed=True).unique(),
            on=RESPONSE,
            how="left",
        )
        .with_columns(pl.col("is_answered", "is_reviewed").fill_null(False))
    )
    sources = find_sources(expected, reference)
    limit = CARRY_FORWARD_MAX_YEARS or 9999
    carried = (
        sources.group_by(RESPONSE)
        .agg(pl.col("has_answer").all(), pl.col("source_year").min())
        .filter("has_answer", pl.col("year") - pl.col("source_year") <= limit)
        .select(*RESPONSE, is_carried=True)
    )
    decided = expected.join(carried, on=RESPONSE, how="left").with_columns(
        pl.col("is_carried").fill_null(False)
    )
    return decided, sources.join(carried, on=RESPONSE, how="semi")


def find_sources(expected: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """R18: the answers that silent parts lead back to, and the dead ends.

    Year by year through the predecessors: a successor of merged units ends up with all
    of them, and a successor of a split unit with its share.
    """
    answers = expected.select(
        source_year="year",
        predecessor="unit",
        target_group="target_group",
        has_answer="is_answered",
    )
    search = expected.filter(~pl.col("is_answered")).select(
        *RESPONSE,
        source_year="year",
        source_unit="unit",
        share=pl.lit(1).cast(SHARE),
        is_estimated=False,
    )
    found = []
    while search.height:
        step = (
            search.join(
                reference.predecessors, on=["source_year", "source_unit"], how="left"
            )
            .with_columns(pl.col("source_year") - 1)
            .join(
                answers, on=["source_year", "predecessor", "target_group"], how="left"
            )
            .select(
                *RESPONSE,
                "source_year",
                source_unit="predecessor",
                share=(
                    pl.col("share").cast(pl.Decimal(38, 18))
                    * pl.col("predecessor_share").fill_null(1)
                )
                .round(12, mode="half_away_from_zero")
                .cast(SHARE),
                is_estimated=pl.col("is_estimated")
                | pl.col("over_estimate").fill_null(False),
                has_answer="has_answer",
            )
        )
        is_open = ~pl.col("has_answer")
        found.append(
            step.filter(is_open.fill_null(False).not_()).with_columns(
                pl.col("has_answer").fill_null(False)
            )
        )
        search = step.filter(is_open).drop("has_answer")
    return pl.concat(found)


def sum_reported(
    years: dict[int, pl.LazyFrame], parts: pl.DataFrame, reference: Reference
) -> pl.LazyFrame:
    """R3: the person-years of the parts that count, cell by cell."""
    used = parts.filter("is_used").select(*PART, "unit").lazy()
    reported = []
    for edition in FORM_EDITIONS:
        educations = educations_of(edition, reference).values()
        lines = pl.concat(
            lines for year, lines in years.items() if YEARS[year] == edition
        )
        reported.append(
            lines.filter("in_scope")
            .select(*PART, "service_code", *educations)
            .join(used, on=PART)
            .group_by(*RESPONSE, "service_code")
            .agg(pl.col(education).sum() for education in educations)
            .unpivot(
                educations,
                index=[*RESPONSE, "service_code"],
                variable_name="education_code",
                value_name="fte",
            )
        )
    return pl.concat(reported).cast(reference.cell_types)


def carry(
    reported: pl.LazyFrame, sources: pl.DataFrame, reference: Reference
) -> pl.LazyFrame:
    """R6, R18: the person-years that are carried forward, cell by cell."""
    education = reference.cell_types["education_code"]
    carried_to = reference["education_categories"].select(
        pl.col("education_code", "carried_to").cast(education)
    )
    return (
        reported.rename({"year": "source_year", "unit": "source_unit"})
        .join(
            sources.cast({"target_group": reference.cell_types["target_group"]}).lazy(),
            on=["source_year", "source_unit", "target_group"],
            how="inner",
        )
        .join(carried_to.lazy(), on="education_code", how="left")
        .with_columns(
            education_code=pl.when(
                pl.col("year").replace_strict(YEARS)
                != pl.col("source_year").replace_strict(YEARS)
            )
            .then(pl.coalesce("carried_to", "education_code"))
            .otherwise("education_code"),
            fte=pl.col("fte").cast(TIMES_SOURCE) * pl.col("share"),
        )
        .group_by("year", "unit", *CELL)
        .agg(pl.col("fte").sum().round(8, mode="half_away_from_zero").cast(AS_REPORTED))
    )


# --- The figures ----------------------------------------------------------------------


def sum_regions(
    cells: pl.LazyFrame, reference: Reference, folder: Path
) -> pl.LazyFrame:
    """R13, R15: fct_fte."""
    cells = cells.with_columns(pl.col("fte").cast(TIMES_SHARE))
    sums = pl.col("fte", "fte_imputed").sum()
    fte_imputed = pl.when("is_carried").then("fte").otherwise(0).cast(TIMES_SHARE)
    units = reference.municipalities_of_units().select("year", "unit", "share", "place")
    by_municipality = put_aside(
        cells.join(units.lazy(), on=["year", "unit"])
        .with_columns(pl.col("fte") * pl.col("share"))
        .with_columns(fte_imputed=fte_imputed)
        .group_by("place", *CELL)
        .agg(sums),
        folder / "by_municipality.parquet",
    )
    levels = [
        by_municipality.join(
            reference.municipalities.select("place", "year", region_code=column).lazy(),
            on="place",
        )
        .group_by("year", "region_code", *CELL)
        .agg(sums)
        .with_columns(region_level=pl.lit(level))
        for level, column in LEVELS.items()
    ]
    districts = (
        cells.join(
            reference.shown_districts().select("year", "unit").lazy(),
            on=["year", "unit"],
            how="semi",
        )
        .with_columns(fte_imputed=fte_imputed)
        .group_by("year", *CELL, region_code="unit")
        .agg(sums)
        .with_columns(region_level=pl.lit("district"))
    )
    return (
        pl.concat([*levels, districts], how="diagonal")
        .join(reference.years.lazy(), on="year", how="left")
        .join(reference.regions.lazy(), on=["region_level", "region_code"], how="left")
        .select(
            "series_code",
            *REGION,
            "region_key",
            "region_name",
            pl.col(CELL).cast(pl.String),
            rounded(pl.col("fte"), 8),
            rounded(pl.col("fte_imputed"), 8),
        )
    )


def describe_regions(
    decided: pl.DataFrame, sources: pl.DataFrame, reference: Reference
) -> pl.DataFrame:
    """R12, R13, R25: the regions of every year, and what their values rest on."""
    units = reference.units_of_regions()
    has_value = pl.col("is_answered") | pl.col("is_carried")
    answers = (
        units.join(decided, on=["year", "unit"])
        .group_by(REGION)
        .agg(
            pl.col("is_estimated").any(),
            is_complete=has_value.all(),
            has_any_value=has_value.any(),
            is_imputed=pl.col("is_carried").any(),
            is_reviewed=pl.col("is_reviewed").any(),
        )
    )
    # All of a unit whose person-years were carried over an estimated split rests on
    # no estimate, a part of it does.
    estimated = (
        sources.filter("is_estimated")
        .drop("is_estimated")
        .join(units, on=["year", "unit"], suffix="_of_unit")
        .group_by(*REGION, "target_group", "source_year", "source_unit")
        .agg((pl.col("share").cast(pl.Decimal(38, 18)) * pl.col("share_of_unit")).sum())
        .filter(pl.col("share") < 1)
        .select(REGION)
        .unique()
        .with_columns(is_estimated_by_carrying=True)
    )
    complete = answers.filter(region_level="municipality").select(
        "year", "is_complete", municipality_code="region_code"
    )
    municipalities = reference.municipalities.join(
        complete, on=["year", "municipality_code"], how="left"
    )
    covered = pl.col("population").filter("is_complete").sum()
    inhabitants = [
        municipalities.group_by("year", region_code=column)
        .agg(
            pl.col("population").sum(),
            population_covered=covered,
            n_municipalities=pl.len().cast(pl.Int32),
        )
        .with_columns(region_level=pl.lit(level))
        for level, column in LEVELS.items()
    ]
    districts = (
        reference.shown_districts()
        .join(
            answers.filter(region_level="district"),
            left_on=["year", "unit"],
            right_on=["year", "region_code"],
        )
        .with_columns(pl.col("population").cast(pl.Decimal(38, 4)))
        .select(
            "year",
            pl.col("unit").alias("region_code"),
            "population",
            pl.when("is_complete")
            .then("population")
            .otherwise(0)
            .alias("population_covered"),
            pl.lit(0, pl.Int32).alias("n_municipalities"),
            pl.lit("district").alias("region_level"),
        )
    )
    return (
        answers.join(
            pl.concat([*inhabitants, districts], how="vertical_relaxed"),
            on=REGION,
            how="left",
        )
        .join(estimated, on=REGION, how="left")
        .with_columns(
            pl.col("is_estimated") | pl.col("is_estimated_by_carrying").fill_null(False)
        )
        .drop("is_estimated_by_carrying")
    )


def known_measures(
    cells: pl.LazyFrame, decided: pl.DataFrame, reference: Reference
) -> pl.LazyFrame:
    """R18: measures of regions in which at least one part of a unit knows them."""
    not_told_apart = (
        reference["measure_categories"]
        .filter(role="not_told_apart")
        .select("measure_code", "education_code")
        .cast({"education_code": reference.cell_types["education_code"]})
    )
    parts_not_told_apart = (
        cells.filter(pl.col("fte") > 0)
        .join(not_told_apart.lazy(), on="education_code")
        .select(*RESPONSE, "measure_code")
        .unique()
        .cast({"target_group": pl.String})
    )
    return (
        decided.lazy()
        .filter(pl.col("is_answered") | pl.col("is_carried"))
        .select(RESPONSE)
        .join(not_told_apart.select("measure_code").unique().lazy(), how="cross")
        .join(parts_not_told_apart, on=[*RESPONSE, "measure_code"], how="anti")
        .join(reference.units_of_regions().lazy(), on=["year", "unit"])
        .select(*REGION, "measure_code")
        .unique()
        .with_columns(is_known=True)
    )


def sum_measures(
    fte: pl.LazyFrame,
    regions: pl.DataFrame,
    known: pl.LazyFrame,
    reference: Reference,
) -> pl.LazyFrame:
    """R8, R9: person-years by measure, before anything is divided or hidden."""
    by_education = fte.group_by(
        "series_code", *REGION, "target_group", "education_code"
    ).agg(pl.col("fte", "fte_imputed").sum())
    is_counted = pl.col("role") == "counted"
    sums = (
        by_education.join(
            reference["measure_categories"].lazy(), on=["series_code", "education_code"]
        )
        .group_by(*REGION, "measure_code")
        .agg(
            pl.col("fte").filter(is_counted).sum(),
            pl.col("fte_imputed").filter(is_counted).sum(),
            has_fte_not_told_apart=(
                (pl.col("role") == "not_told_apart") & (pl.col("fte") > 0)
            ).any(),
        )
    )
    own = by_education.group_by(REGION).agg(
        pl.col("fte").filter(target_group=group).sum().alias(f"fte_{group}")
        for group in ("adults", "children_youth")
    )
    return (
        regions.lazy()
        .join(reference.years.lazy(), on="year")
        .join(
            reference["measures"].select("series_code", "measure_code").lazy(),
            on="series_code",
        )
        .join(sums, on=[*REGION, "measure_code"], how="left")
        .join(known, on=[*REGION, "measure_code"], how="left")
        .join(own, on=REGION, how="left")
        .with_columns(
            pl.col("fte", "fte_imputed", "^fte_(adults|children_youth)$").fill_null(0),
            pl.col("has_fte_not_told_apart", "is_known").fill_null(False),
        )
    )


def decide_measures(summed: pl.LazyFrame) -> pl.LazyFrame:
    """R18, R19, R25: what is shown, what is not, and why."""
    is_single = pl.col("region_level").is_in(["municipality", "district"])
    no_adults = pl.col("fte_adults") == 0
    no_children_youth = pl.col("fte_children_youth") == 0
    either_part = DISPLAY_RULE == "either_part"
    reason = (
        pl.when(is_single & ~pl.col("is_complete") | ~pl.col("has_any_value"))
        .then(pl.lit("no_answer"))
        .when(pl.col("has_fte_not_told_apart") & (is_single | ~pl.col("is_known")))
        .then(pl.lit("not_told_apart"))
        .when(
            (pl.col("region_level") != "municipality")
            | (pl.col("series_code") != "current")
        )
        .then(None)
        .when(no_adults & no_children_youth)
        .then(pl.lit("no_own_person_years"))
        .when(either_part & no_adults)
        .then(pl.lit("no_own_adults"))
        .when(either_part & no_children_youth)
        .then(pl.lit("no_own_children_youth"))
    )
    return (
        summed.with_columns(not_displayed_reason=reason)
        .with_columns(
            fte_known="fte",
            is_unknown=pl.col("not_displayed_reason")
            .is_in(["no_answer", "not_told_apart"])
            .fill_null(False),
            is_displayed=pl.col("not_displayed_reason").is_null(),
        )
        .with_columns(pl.when(~pl.col("is_unknown")).then(pl.col("fte", "fte_imputed")))
        .with_columns(
            obs_status=pl.when("is_unknown")
            .then(pl.lit("L"))
            .when(~pl.col("is_displayed"))
            .then(pl.lit("Q"))
            .when("is_imputed")
            .then(pl.lit("I"))
            .when("is_estimated")
            .then(pl.lit("E"))
            .otherwise(pl.lit("A")),
            **{
                name: pl.when("is_displayed").then(
                    ratio(1000 * pl.col("fte"), pl.col("population"), decimals)
                )
                for name, decimals in (
                    ("per_1000", 2),
                    ("per_1000_one_decimal", 1),
                    ("per_1000_unrounded", 8),
                    ("rate", 12),
                )
            },
        )
    )


def compare_figures(
    decided: pl.DataFrame, has_demo: pl.DataFrame, reference: Reference
) -> pl.LazyFrame:
    """R10, R11: fct_indicator."""
    measure = ["region_level", "region_code", "measure_code"]
    before = decided.lazy().select(
        "series_code",
        pl.col("year") + 1,
        *measure,
        fte_before="fte",
        rate_before="rate",
    )
    kostra_groups = (
        decided.lazy()
        .filter(region_level="kostra_group")
        .select(
            "year",
            "measure_code",
            kostra_group_code="region_code",
            is_group=pl.col("n_municipalities") >= COMPARISON_GROUP_MINIMUM,
        )
    )
    reasons = (
        reference["not_displayed_reasons"]
        .lazy()
        .select(
            not_displayed_reason="reason_code",
            not_displayed_reason_nb="name_nb",
            not_displayed_reason_en="name_en",
        )
    )
    breaks = reference["breaks"].lazy().select("year", is_break=True)
    is_municipality = pl.col("region_level") == "municipality"
    is_beside_group = pl.col("is_group").fill_null(False)
    change_fte = pl.col("fte") - pl.col("fte_before")
    return (
        decided.lazy()
        .join(reference.regions.lazy(), on=["region_level", "region_code"], how="left")
        .join(reasons, on="not_displayed_reason", how="left")
        .join(breaks, on="year", how="left")
        .join(has_demo.lazy(), on="year", how="left")
        .join(before, on=["series_code", "year", *measure], how="left")
        .join(
            kostra_groups, on=["year", "measure_code", "kostra_group_code"], how="left"
        )
        .select(
            "series_code",
            *REGION,
            "region_key",
            "region_name",
            "measure_code",
            pl.format("{}:{}", "series_code", "measure_code").alias("measure_key"),
            pl.col("fte", "fte_known").cast(FIGURE),
            pl.col("population", "population_covered").cast(pl.Decimal(18, 4)),
            pl.col("per_1000").cast(pl.Decimal(18, 2)),
            pl.col("per_1000_one_decimal").cast(pl.Decimal(18, 1)),
            pl.col("per_1000_unrounded").cast(FIGURE),
            "is_displayed",
            "not_displayed_reason",
            "not_displayed_reason_nb",
            "not_displayed_reason_en",
            "obs_status",
            "is_imputed",
            pl.col("is_break").fill_null(False),
            pl.when("is_imputed")
            .then(pl.lit("carried_forward"))
            .alias("imputation_method"),
            ratio(pl.col("fte_imputed"), pl.col("fte"), 6)
            .cast(pl.Decimal(18, 6))
            .alias("imputed_share"),
            "is_estimated",
            "is_reviewed",
            rounded(pl.col("rate") - pl.col("rate_before"), 8).alias("change_per_1000"),
            change_fte.cast(FIGURE).alias("change_fte"),
            ratio(100 * change_fte, pl.col("fte_before"), 6)
            .cast(pl.Decimal(18, 6))
            .alias("change_pct"),
            pl.when(is_municipality)
            .then(
                pl.when(is_beside_group)
                .then(pl.lit("kostra_group"))
                .otherwise(pl.lit("country"))
            )
            .alias("comparison_region_level"),
            pl.when(is_municipality)
            .then(
                pl.when(is_beside_group)
                .then("kostra_group_code")
                .otherwise(pl.lit("0"))
            )
            .alias("comparison_region_code"),
            "n_municipalities",
            pl.col("has_demo").fill_null(False).alias("is_reconstruction"),
        )
    )


def compute(source: Path, output: Path) -> None:
    """Read, compute, write."""
    reference = Reference(source / "reference")
    reviews = read_reviews(source / "raw" / "reviews.parquet")
    output.mkdir(parents=True, exist_ok=True)
    # What is read more than once is put aside: it need not fit into memory.
    with tempfile.TemporaryDirectory(dir=output) as name:
        folder = Path(name)
        years = {
            year: put_aside(
                read_lines(source, year, reference, reviews),
                folder / f"lines_{year}.parquet",
            )
            for year in YEARS
        }
        parts = judge_parts(
            pl.concat(years.values(), how="diagonal"), reviews, reference
        )
        decided, sources = decide(parts, reference)
        reported = put_aside(
            sum_reported(years, parts, reference), folder / "reported.parquet"
        )
        cells = put_aside(
            pl.concat(
                frame.select("year", "unit", *CELL, "fte", is_carried=is_carried)
                for frame, is_carried in (
                    (reported, False),
                    (carry(reported, sources, reference), True),
                )
            ),
            folder / "cells.parquet",
        )
        fte = put_aside(
            sum_regions(cells, reference, folder), output / "fct_fte.parquet"
        )
        summed = sum_measures(
            fte,
            describe_regions(decided, sources, reference),
            known_measures(cells, decided, reference),
            reference,
        )
        measures = decide_measures(summed).collect(engine="streaming")
    has_demo = parts.group_by("year").agg(
        has_demo=pl.col("submission_id").str.starts_with("demo-").any()
    )
    compare_figures(measures, has_demo, reference).sink_parquet(
        output / "fct_indicator.parquet"
    )


def put_aside(frame: pl.LazyFrame, path: Path) -> pl.LazyFrame:
    """Write a frame to a file, and return the file to be scanned."""
    frame.sink_parquet(path)
    return pl.scan_parquet(path)


def main() -> None:
    """Compute the figures of a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", type=Path, help="a folder of Parquet files")
    parser.add_argument("output", type=Path, help="where both marts go")
    arguments = parser.parse_args()
    compute(arguments.input, arguments.output)


if __name__ == "__main__":
    main()
