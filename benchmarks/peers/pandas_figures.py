"""The project's figures once more, with pandas: fct_fte and fct_indicator.

All numbers are int64: person-years as they were reported in units of 10^-4, as they
are summed in units of 10^-8, inhabitants in units of 10^-4. Findings that stop nothing
(R23, and the remarks of R22) are left out: no figure rests on them.

    python benchmarks/peers/pandas_figures.py INPUT OUTPUT
"""

import argparse
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from settings import (
    CARRY_FORWARD_ACROSS_BREAK,
    CARRY_FORWARD_MAX_YEARS,
    CEILING_PER_1000,
    COMPARISON_GROUP_MINIMUM,
    COUNTRY,
    DISPLAY_RULE,
    DISTRICTS_SHOWN_FROM,
    LABEL_SPACES,
    LEVELS,
    NUMBER,
    SPACES,
    THOUSANDS_WITH_PERIODS,
    TIME,
    YEARS,
)

PART = ["submission_id", "target_group"]
RESPONSE = ["year", "unit", "target_group"]
CELL = ["target_group", "service_code", "education_code"]
REGION = ["year", "region"]  # the row of `Reference.regions`

# How many units of 10^-n are in a share of 1, of a municipality and of an answer.
SHARE, SOURCE_SHARE = 10**6, 10**12


# --- Text and numbers -----------------------------------------------------------------


def by_text(column: pd.Series, function: Callable) -> pd.DataFrame:
    """Apply to every text once, and hand the result out to the rows."""
    codes, texts = pd.factorize(column)
    result = function(pd.Series(texts, dtype=object).astype(str))
    return result.take(codes).set_axis(column.index)


def compared(labels: pd.Series) -> pd.Series:
    """R21: service labels as they are compared."""
    return labels.str.strip(LABEL_SPACES).str.lower()


def numbers(texts: pd.Series) -> pd.DataFrame:
    """R22: the numbers that texts mean, and which of them are refused."""
    texts = texts.str.strip(SPACES)
    is_zero = texts.isin(["", "-"])
    is_number = is_zero | texts.str.fullmatch(NUMBER)
    plain = texts.where(is_number & ~is_zero, "0")
    plain = plain.where(
        ~plain.str.fullmatch(THOUSANDS_WITH_PERIODS),
        plain.str.replace(".", "", regex=False),
    )
    plain = plain.str.replace(f"[{SPACES}]", "", regex=True)
    parts = plain.str.replace(",", ".", regex=False).str.partition(".")
    whole = parts[0].str.lstrip("0")
    is_huge = whole.str.len() > 9
    # The fifth decimal decides, so nothing after it is read.
    text = whole.where(~is_huge, "999999999") + (
        parts[2].where(~is_huge, "").str[:5].str.pad(5, "right", "0")
    )
    return pd.DataFrame(
        {"fte": (text.astype("int64") + 5) // 10, "is_refused": ~is_number}
    )


def times(texts: pd.Series) -> pd.Series:
    """R21: the times that texts mean, empty where they are unreadable."""
    parts = texts.str.extract(rf"^(?:{TIME})\Z").fillna("0")
    fraction = parts.pop("fraction").str[:6].str.pad(6, "right", "0").astype("int64")
    parts = parts.astype("int64")
    # Not with pandas' own reader, which knows no years before 1677.
    months = (parts["year"] - 1970) * 12 + parts["month"] - 1
    months = months.to_numpy().astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (parts["day"].to_numpy() - 1)
    is_day = parts["month"].between(1, 12) & (days.astype("datetime64[M]") == months)
    seconds = (parts["hour"] * 60 + parts["minute"]) * 60 + parts["second"]
    microseconds = (seconds * 10**6 + fraction).to_numpy().astype("timedelta64[us]")
    return pd.Series(days.astype("datetime64[us]") + microseconds).where(is_day)


def ratio(numerator: pd.Series, denominator: pd.Series, decimals: int) -> pd.Series:
    """R14: numerator / denominator in units of 10^-decimals, rounded half up.

    By long division, so that nothing overflows; empty where the denominator is 0.
    """
    denominator = denominator.mask(denominator == 0)
    sign = np.sign(numerator)
    rest = numerator.abs()
    quotient = rest // denominator
    rest = rest % denominator
    while decimals:
        digits = min(decimals, 3)
        rest = rest * 10**digits
        quotient = quotient * 10**digits + rest // denominator
        rest = rest % denominator
        decimals -= digits
    return sign * (quotient + (2 * rest >= denominator))


def rounded(value: pd.Series, unit: int) -> pd.Series:
    """The value in a larger unit, rounded half away from zero."""
    return np.sign(value) * ((value.abs() + unit // 2) // unit)


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
        self.places = self.regions_of_municipalities()
        self.cell_types = {
            "unit": self.register["unit"].dtype,
            **{
                column: pd.CategoricalDtype(self[table][column].unique())
                for column, table in (
                    ("target_group", "target_groups"),
                    ("service_code", "services"),
                    ("education_code", "education_categories"),
                )
            },
        }

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table, with shares as whole numbers, and no number too narrow."""
        table = pd.read_parquet(self.folder / f"{name}.parquet")
        integers = table.select_dtypes("integer").columns
        table = table.astype(dict.fromkeys(integers, "int64"))
        if "share" in table:
            share = table["share"].fillna(Decimal(1))
            table["share"] = (share * SHARE).astype("int64")
        return table

    def collection_years(self) -> pd.DataFrame:
        """The years with their series, and whether it breaks there."""
        years = pd.DataFrame(
            {"year": list(YEARS), "form_edition": list(YEARS.values())}
        )
        years = in_force(
            years.merge(self["series"].drop(columns="form_edition"), how="cross")
        )
        years["is_break"] = years["year"].isin(self["breaks"]["year"])
        return years[["year", "series_code", "structure_year", "is_break"]]

    def reporting_units(self) -> pd.DataFrame:
        """R17: every unit that must answer in a year, with its inhabitants."""
        districts = self["districts"].query("is_reporting_unit")
        units = pd.concat(
            [
                self["municipalities"].assign(
                    unit=lambda rows: rows["municipality_code"], is_district=False
                ),
                districts.assign(
                    unit=districts["district_code"],
                    name=districts["district_name"],
                    is_district=True,
                ),
            ]
        )[
            [
                "unit",
                "name",
                "municipality_code",
                "is_district",
                "first_year",
                "last_year",
            ]
        ]
        inhabitants = pd.concat(
            self[table][["year", unit, "population"]].rename(columns={unit: "unit"})
            for table, unit in (
                ("population", "municipality_code"),
                ("district_population", "district_code"),
            )
        )
        units = in_force(self.years[["year"]].merge(units, how="cross")).merge(
            inhabitants, on=["year", "unit"], how="left"
        )
        # A city-wide unit has no inhabitants of its own, but is held against those of
        # the city.
        units["ceiling_population"] = units["population"]
        is_city_wide = ~units["is_district"] & units["unit"].isin(
            districts["municipality_code"]
        )
        units["population"] = units["population"].mask(is_city_wide, 0)
        units["unit"] = units["unit"].astype("category")
        return units.drop(columns=["first_year", "last_year"])

    def units_of_the_year_before(self) -> pd.DataFrame:
        """R18: where a unit's person-years of the year before are to be found."""
        years = [
            year
            for year, edition in YEARS.items()
            if year - 1 in YEARS
            and (CARRY_FORWARD_ACROSS_BREAK or YEARS[year - 1] == edition)
        ]
        changes = self["municipality_changes"].query("kind != 'partial'")
        units = self.register[self.register["year"].isin(years)]
        units = units[["year", "unit"]].merge(
            changes,
            left_on=["year", "unit"],
            right_on=["change_year", "new_code"],
            how="left",
        )
        units["unit"] = units["unit"].astype(self.register["unit"].dtype)
        return pd.DataFrame(
            {
                "source_year": units["year"],
                "source_unit": units["unit"],
                "predecessor": (
                    units["old_code"]
                    .fillna(units["unit"].astype(object))
                    .astype(units["unit"].dtype)
                ),
                "predecessor_share": units["share"].fillna(SHARE).astype("int64"),
                "over_estimate": units["is_estimated"].eq(True),
            }
        )

    def municipalities_of_series(self) -> pd.DataFrame:
        """R12, R15, R16: the series' municipalities, inhabitants and groups."""
        correspondence = self["municipality_correspondence"]
        moved = self.years.merge(
            self["population"][["year", "municipality_code", "population"]], on="year"
        ).merge(correspondence, on=["structure_year", "municipality_code"])
        moved["population"] = moved["population"].astype("int64") * moved["share"]
        moved = (
            moved.groupby(["year", "structure_year", "structure_municipality_code"])[
                "population"
            ]
            .sum()
            .reset_index()
            .rename(columns={"structure_municipality_code": "municipality_code"})
        )
        moved["population"] = rounded(moved["population"], SHARE // 10**4)
        kostra_groups = in_force(
            moved[["structure_year"]]
            .drop_duplicates()
            .merge(self["kostra_groups"], how="cross"),
            "structure_year",
        )
        # A municipality that was split later belongs where most of it went.
        centrality = (
            correspondence.merge(
                self["centrality"].rename(
                    columns={"municipality_code": "structure_municipality_code"}
                ),
                on=["structure_year", "structure_municipality_code"],
            )
            .sort_values(
                ["share", "structure_municipality_code"], ascending=[False, True]
            )
            .drop_duplicates("municipality_code")
        )
        municipalities = (
            moved.merge(
                self["municipalities"][
                    ["municipality_code", "municipality_name", "county_code"]
                ],
                on="municipality_code",
                how="left",
            )
            .merge(
                self["counties"][["county_code", "health_region_code"]],
                on="county_code",
                how="left",
            )
            .merge(
                kostra_groups[
                    ["structure_year", "municipality_code", "kostra_group_code"]
                ],
                on=["structure_year", "municipality_code"],
                how="left",
            )
            .merge(
                centrality[["municipality_code", "centrality_class_code"]],
                on="municipality_code",
                how="left",
            )
            .assign(**COUNTRY)
        )
        # Whole inhabitants: between two groups is in the lower one.
        groups = self["size_groups"].sort_values("population_min", ignore_index=True)
        whole = municipalities["population"] // 10**4
        place = groups["population_min"].searchsorted(whole, side="right") - 1
        group = groups.take(place).set_axis(municipalities.index)
        municipalities["size_group_code"] = group["size_group_code"].where(
            whole <= group["population_max"].fillna(whole.max())
        )
        return municipalities

    def names_of_regions(self) -> pd.DataFrame:
        """R16: every region with its name, and its newest KOSTRA group."""
        now = self.municipalities.sort_values("year").drop_duplicates(
            "municipality_code", keep="last"
        )
        counties = self["counties"]
        counties = counties[counties["county_code"].isin(now["county_code"])]
        named = {
            "country": (["0"], ["Norge"]),
            "county": (counties["county_code"], counties["county_name"]),
            "municipality": (now["municipality_code"], now["municipality_name"]),
        }
        districts = self.register.query("is_district")[["unit", "name"]]
        districts = districts.drop_duplicates()
        named["district"] = (districts["unit"], districts["name"])
        for level, table, code in (
            ("kostra_group", "kostra_group_definitions", "kostra_group_code"),
            ("size_group", "size_groups", "size_group_code"),
            ("centrality", "centrality_classes", "centrality_class_code"),
            ("health_region", "health_regions", "health_region_code"),
        ):
            groups = self[table]
            named[level] = (groups[code], groups["name_nb"])
        regions = pd.concat(
            pd.DataFrame({"region_level": level, "region_code": codes, "name": names})
            for level, (codes, names) in named.items()
        ).rename(columns={"name": "region_name"})
        regions["region_key"] = regions["region_level"] + ":" + regions["region_code"]
        return regions.reset_index(drop=True)

    def regions_of_municipalities(self) -> pd.DataFrame:
        """R16: the series' municipalities with their region of every level."""
        places = self.municipalities[["year", "municipality_code", "population"]].copy()
        for level, column in LEVELS.items():
            regions = self.regions[self.regions["region_level"] == level]
            regions = pd.Series(regions.index, regions["region_code"])
            places[level] = self.municipalities[column].map(regions)
        return places

    def municipalities_of_units(self) -> pd.DataFrame:
        """R15: the municipalities of the series that units are in, and groups."""
        correspondence = self["municipality_correspondence"]
        units = (
            self.register[["year", "unit", "municipality_code"]]
            .merge(self.years[["year", "structure_year"]], on="year")
            .merge(correspondence, on=["structure_year", "municipality_code"])
            .drop(columns="municipality_code")
            .rename(columns={"structure_municipality_code": "municipality_code"})
        )
        places = self.places.drop(columns="population").reset_index(names="place")
        units = units.merge(places, on=["year", "municipality_code"])
        return units.astype({"unit": self.register["unit"].dtype})

    def units_of_regions(self) -> pd.DataFrame:
        """R13, R15: the units of every region, with their shares."""
        units = self.municipalities_of_units()
        levels = []
        for level in LEVELS:
            grouped = units.groupby(["year", "unit", level], observed=True, sort=False)
            shares = grouped.agg({"share": "sum", "is_estimated": "any"}).reset_index()
            shares["is_estimated"] &= shares["share"] < SHARE
            levels.append(shares.rename(columns={level: "region"}))
        districts = self.shown_districts()[["year", "unit", "region"]]
        levels.append(districts.assign(share=SHARE, is_estimated=False))
        return pd.concat(levels, ignore_index=True)

    def shown_districts(self) -> pd.DataFrame:
        """R16: the districts of the years in which they are shown."""
        districts = self.register[
            self.register["is_district"]
            & (self.register["year"] >= DISTRICTS_SHOWN_FROM)
        ]
        regions = self.regions[self.regions["region_level"] == "district"]
        regions = pd.Series(regions.index, regions["region_code"])
        return districts.assign(
            region=districts["unit"].astype(object).map(regions).astype("int64")
        )


def in_force(rows: pd.DataFrame, year: str = "year") -> pd.DataFrame:
    """The rows whose year is one of theirs."""
    last_year = rows["last_year"].fillna(9999)
    return rows[rows[year].between(rows["first_year"], last_year)]


# --- Submissions ----------------------------------------------------------------------


def read_reviews(path: Path) -> pd.DataFrame:
    """R24: reviewers' decisions, typed."""
    raw = pd.read_parquet(path).fillna("").astype(str)
    return pd.DataFrame(
        {
            "year": pd.to_numeric(raw["year"].str.strip(SPACES), errors="coerce"),
            "submission_id": raw["submission_id"],
            "target_group": raw["target_group"].str.strip(SPACES),
            "decision": raw["decision"].str.strip(SPACES),
            "label": compared(raw["service_label"]),
            "column": raw["column_name"].str.strip(SPACES),
            "old_value": raw["old_value"].str.strip(SPACES),
            "new_fte": numbers(raw["new_value"])["fte"],
        }
    )


def read_lines(
    folder: Path, year: int, reference: Reference, reviews: pd.DataFrame
) -> pd.DataFrame:
    """R2, R7, R22, R24: a year's lines, read, with a column for each education."""
    educations = educations_of(year, reference)
    raw = pd.read_parquet(
        folder / "received" / f"submissions_{year}.parquet",
        columns=["innsending_id", "enhet", "mottatt", "del", "tjeneste", *educations],
        dtype_backend="pyarrow",
    ).fillna("")
    target_groups = reference["target_groups"].set_index("raw_label")["target_group"]
    lines = pd.DataFrame(
        {
            "submission_id": raw["innsending_id"].astype("category"),
            "unit": raw["enhet"].astype("category").cat.as_ordered(),
            "received_text": raw["mottatt"],
            "received_at": by_text(raw["mottatt"], times),
            "part_label": raw["del"].astype("category"),
            "target_group": by_text(
                raw["del"], lambda texts: texts.map(target_groups).fillna("unknown")
            ).astype("category"),
            "label": by_text(raw["tjeneste"], compared).astype("category"),
        }
    )
    services = reference["services"]
    services = services[services["form_edition"] == YEARS[year]]
    services = services.assign(label=compared(services["label"]))
    lines = lines.merge(
        services[["target_group", "label", "service_code", "in_scope"]].astype(
            {column: lines[column].dtype for column in ("target_group", "label")}
        ),
        on=["target_group", "label"],
        how="left",
    )
    corrections = reviews[
        (reviews["year"] == year) & (reviews["decision"] == "correct")
    ]
    corrected_lines = lines.loc[
        lines["submission_id"].isin(corrections["submission_id"]), [*PART, "label"]
    ]
    corrected_lines = (
        corrected_lines.astype(str)
        .reset_index()
        .merge(corrections, on=[*PART, "label"])
        .set_index("index")
    )
    lines["fte_as_received"] = 0
    lines["fte"] = 0
    lines["is_refused"] = False
    lines["n_corrections"] = 0
    for column, education in educations.items():
        cells = by_text(raw[column], numbers)
        lines["fte_as_received"] += cells["fte"]
        corrected = corrected_lines[corrected_lines["column"] == column]
        found = raw.loc[corrected.index, column].str.strip(SPACES)
        corrected = corrected[(found == corrected["old_value"]).to_numpy(bool)]
        cells.loc[corrected.index, "fte"] = corrected["new_fte"]
        cells.loc[corrected.index, "is_refused"] = False
        lines.loc[corrected.index, "n_corrections"] += 1
        lines[education] = cells["fte"]
        lines["fte"] += cells["fte"]
        lines["is_refused"] |= cells["is_refused"]
    return lines


def educations_of(year: int, reference: Reference) -> dict[str, str]:
    """R4, R5: the columns of a year's form, and the education that each holds."""
    table = reference["education_categories"]
    table = table[(table["form_edition"] == YEARS[year]) & table["raw_column"].notna()]
    return dict(zip(table["raw_column"], table["education_code"], strict=True))


def judge_parts(
    lines: pd.DataFrame, year: int, reviews: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """R20, R21, R24: the parts of a year's submissions and what became of them."""
    register = reference.register[reference.register["year"] == year]
    lines["submission"] = lines["submission_id"].cat.codes
    lines["part"] = lines.groupby(PART, observed=True, sort=False).ngroup()
    lines["has_unknown_service"] = lines["service_code"].isna()
    lines["has_duplicates"] = lines.duplicated(["part", "part_label", "label"])
    lines["has_stranger"] = ~lines["unit"].isin(register["unit"])
    flags = ["is_refused", "has_unknown_service", "has_duplicates", "has_stranger"]
    sums = ["fte", "fte_as_received", "n_corrections"]
    grouped = lines.groupby("part")
    parts = pd.concat(
        [
            lines[["part", "submission", *PART]]
            .drop_duplicates("part")
            .set_index("part"),
            find_units_and_times(lines, "part"),
            grouped[flags].any(),
            grouped[sums].sum(),
        ],
        axis=1,
    )
    submissions = find_units_and_times(lines, "submission")
    is_inconsistent = (submissions["unit"] < submissions["last_unit"]) | (
        submissions["n_times"] > 1
    )
    parts["is_inconsistent"] = parts["submission"].map(is_inconsistent)

    reviews = reviews[reviews["year"] == year]
    reviewed = pd.MultiIndex.from_frame(reviews[PART])
    index = pd.MultiIndex.from_frame(parts[PART].astype(str))
    n_corrections = reviews["decision"].eq("correct").sum()
    if not reviewed.isin(index).all() or parts["n_corrections"].sum() != n_corrections:
        sys.exit("A reviewer's decision points to no part or no cell.")
    parts["is_reviewed"] = index.isin(reviewed)
    for decision in ("accept", "reject"):
        parts[decision] = index.isin(reviewed[reviews["decision"] == decision])

    parts["unit"] = pd.Categorical.from_codes(
        parts["unit"], dtype=lines["unit"].dtype
    ).astype(register["unit"].dtype)
    parts = parts.merge(register[["unit", "ceiling_population"]], how="left", on="unit")
    parts["is_valid"] = ~has_error(parts, reference)
    if (parts["accept"] & ~parts["is_valid"]).any():
        sys.exit("A part that was accepted cannot be.")
    used = (
        parts[parts["is_valid"]]
        .sort_values(["received_at", "submission_id"], na_position="first")
        .drop_duplicates(["unit", "target_group"], keep="last")
    )
    parts["is_used"] = parts.index.isin(used.index)
    return parts


def find_units_and_times(lines: pd.DataFrame, key: str) -> pd.DataFrame:
    """R21: the units, as codes, and the times of parts or of submissions."""
    unit = lines["unit"].cat.codes.groupby(lines[key])
    time = lines.groupby(key)["received_at"]
    first, last = time.min(), time.max()
    unreadable = lines[lines["received_at"].isna()]
    n_unreadable = unreadable.groupby(key)["received_text"].nunique()
    n_unreadable = n_unreadable.reindex(first.index, fill_value=0)
    return pd.DataFrame(
        {
            "unit": unit.min(),
            "last_unit": unit.max(),
            "received_at": first,
            "has_unreadable_time": n_unreadable > 0,
            "n_times": first.notna().astype(int) + (first < last) + n_unreadable,
        }
    )


def has_error(parts: pd.DataFrame, reference: Reference) -> pd.Series:
    """R21: whether parts fail a hard check that no reviewer has set aside."""
    is_unknown = parts["target_group"] == "unknown"
    checks = {
        # The same becomes of a part by unit_not_in_force.
        "unknown_unit": parts["has_stranger"],
        "unknown_target_group": is_unknown,
        "unknown_service": parts["has_unknown_service"] & ~is_unknown,
        "duplicate_service": parts["has_duplicates"],
        # The same by negative.
        "not_a_number": parts["is_refused"],
        "unreadable_time": parts["has_unreadable_time"],
        "inconsistent_submission": parts["is_inconsistent"],
        "implausible_level": parts["fte"] * 1000
        > parts["ceiling_population"] * CEILING_PER_1000 * 10**4,
        "rejected_in_review": parts["reject"],
    }
    rules = reference["rules"]
    acceptable = set(rules.loc[rules["can_be_accepted"], "rule_code"])
    # Nobody can accept more person-years than inhabitants.
    has_room = (
        parts[["fte", "fte_as_received"]].max(axis=1)
        <= parts["ceiling_population"] * 10**4
    )
    for rule in acceptable.intersection(checks):
        is_accepted = parts["accept"]
        if rule == "implausible_level":
            is_accepted = is_accepted & has_room
        checks[rule] = checks[rule] & ~is_accepted
    return pd.DataFrame(checks).any(axis=1)


def sum_reported(
    lines: pd.DataFrame, parts: pd.DataFrame, year: int, reference: Reference
) -> pd.DataFrame:
    """R3: a year's person-years of the parts that count, cell by cell."""
    educations = list(educations_of(year, reference).values())
    used = parts.loc[parts["is_used"], [*PART, "unit"]]
    cells = (
        lines.loc[lines["in_scope"].eq(True), [*PART, "service_code", *educations]]
        .merge(used, on=PART)
        .groupby(["unit", "target_group", "service_code"], observed=True, sort=False)[
            educations
        ]
        .sum()
        .reset_index()
        .melt(
            ["unit", "target_group", "service_code"],
            var_name="education_code",
            value_name="fte",
        )
    )
    cells.insert(0, "year", year)
    return cells.astype(reference.cell_types)


# --- What every unit has --------------------------------------------------------------


def decide(
    parts: pd.DataFrame, reference: Reference
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """R18: what each unit's person-years rest on, and where silent ones' come from."""
    target_groups = reference["target_groups"][["target_group"]]
    expected = reference.register[["year", "unit"]].merge(target_groups, how="cross")
    expected["target_group"] = expected["target_group"].astype(
        reference.cell_types["target_group"]
    )
    is_reviewed = parts["is_reviewed"] & (parts["is_used"] | ~parts["is_valid"])
    expected = mark(expected, "is_answered", parts[parts["is_used"]])
    expected = mark(expected, "is_reviewed", parts[is_reviewed])
    sources = find_sources(expected, reference)
    carried = (
        sources.groupby(RESPONSE, observed=True)
        .agg({"has_answer": "all", "source_year": "min"})
        .reset_index()
    )
    limit = CARRY_FORWARD_MAX_YEARS or 9999
    carried = carried[
        carried["has_answer"] & (carried["year"] - carried["source_year"] <= limit)
    ]
    decided = mark(expected, "is_carried", carried)
    sources = mark(sources, "is_carried", carried)
    return decided, sources[sources["is_carried"]].drop(columns="is_carried")


def mark(rows: pd.DataFrame, name: str, responses: pd.DataFrame) -> pd.DataFrame:
    """Say of every row whether its unit, year and part is among the responses."""
    marks = responses[RESPONSE].drop_duplicates().assign(**{name: True})
    rows = rows.merge(marks, on=RESPONSE, how="left")
    rows[name] = rows[name].eq(True)
    return rows


def find_sources(expected: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """R18: the answers that silent parts lead back to, and the dead ends.

    Year by year through the predecessors: a successor of merged units ends up with all
    of them, and a successor of a split unit with its share.
    """
    answers = expected.rename(
        columns={
            "year": "source_year",
            "unit": "predecessor",
            "is_answered": "has_answer",
        }
    )[["source_year", "predecessor", "target_group", "has_answer"]]
    search = expected.loc[~expected["is_answered"], RESPONSE].assign(
        source_year=lambda rows: rows["year"],
        source_unit=lambda rows: rows["unit"],
        share=SOURCE_SHARE,
        is_estimated=False,
    )
    found = []
    while len(search):
        step = search.merge(
            reference.predecessors, on=["source_year", "source_unit"], how="left"
        )
        share = step.pop("predecessor_share").fillna(SHARE).astype("int64")
        step["share"] = rounded(step["share"] * share, SHARE)
        step["is_estimated"] |= step.pop("over_estimate").eq(True)
        step["source_unit"] = step.pop("predecessor")
        step["source_year"] -= 1
        step = step.merge(
            answers.rename(columns={"predecessor": "source_unit"}),
            on=["source_year", "source_unit", "target_group"],
            how="left",
        )
        is_open = step["has_answer"].eq(False)
        found.append(
            step[~is_open].assign(has_answer=lambda rows: rows["has_answer"].eq(True))
        )
        search = step[is_open].drop(columns="has_answer")
    return pd.concat(found, ignore_index=True)


def carry(
    reported: pd.DataFrame, sources: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """R6, R18: the person-years that are carried forward, cell by cell."""
    cells = reported.rename(
        columns={"year": "source_year", "unit": "source_unit"}
    ).merge(sources, on=["source_year", "source_unit", "target_group"])
    categories = reference["education_categories"]
    carried_to = categories.set_index("education_code")["carried_to"]
    education = cells["education_code"].astype(object)
    is_other_form = cells["year"].map(YEARS) != cells["source_year"].map(YEARS)
    cells["education_code"] = (
        education.map(carried_to)
        .where(is_other_form)
        .fillna(education)
        .astype(cells["education_code"].dtype)
    )
    # The product has sixteen decimals, which int64 does not hold: the share is taken
    # in two halves.
    half = 10**6
    cells["upper"] = cells["fte"] * (cells["share"] // half)
    cells["lower"] = cells["fte"] * (cells["share"] % half)
    cells = (
        cells.groupby(["year", "unit", *CELL], observed=True, sort=False)[
            ["upper", "lower"]
        ]
        .sum()
        .reset_index()
    )
    upper = cells.pop("upper") + cells["lower"] // half
    lower = cells.pop("lower") % half
    is_up = (upper % 100) * half + lower >= 50 * half
    cells["fte"] = upper // 100 + is_up
    return cells


# --- The figures ----------------------------------------------------------------------


def sum_regions(cells: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """R13, R15: fct_fte, by the rows of the regions."""
    sums = ["fte", "rest", "fte_imputed", "rest_imputed"]

    def summed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
        grouped = rows.groupby([*keys, *CELL], observed=True, sort=False)[sums]
        return grouped.sum().reset_index()

    units = reference.municipalities_of_units()[["year", "unit", "share", "place"]]
    moved = cells.merge(units, on=["year", "unit"])
    # What is below 10^-8 is kept beside it, in units of 10^-14.
    below = moved["fte"] % SHARE * moved["share"]
    moved["fte"] = moved["fte"] // SHARE * moved.pop("share") + below // SHARE
    moved["rest"] = below % SHARE
    by_municipality = summed(with_imputed(moved), ["place"])
    places = reference.places.take(by_municipality.pop("place"))
    by_municipality["year"] = places["year"].to_numpy()
    levels = [
        summed(by_municipality.assign(region=places[level].to_numpy()), REGION)
        for level in LEVELS
    ]
    districts = reference.shown_districts()[["year", "unit", "region"]]
    districts = cells.merge(districts, on=["year", "unit"]).assign(rest=0)
    levels.append(summed(with_imputed(districts), REGION))

    fte = pd.concat(levels, ignore_index=True)
    fte["fte"] += rounded(fte.pop("rest"), SHARE)
    fte["fte_imputed"] += rounded(fte.pop("rest_imputed"), SHARE)
    return fte.merge(reference.years[["year", "series_code"]], on="year", how="left")


def with_imputed(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with what is carried forward in columns of its own."""
    return cells.assign(
        fte_imputed=cells["fte"] * cells["is_carried"],
        rest_imputed=cells["rest"] * cells["is_carried"],
    )


def describe_regions(
    decided: pd.DataFrame, sources: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """R12, R13, R25: the regions of every year, and what their values rest on."""
    units = reference.units_of_regions()
    responses = units.merge(decided, on=["year", "unit"])
    responses["has_value"] = responses["is_answered"] | responses["is_carried"]
    answers = responses.groupby(REGION).agg(
        is_estimated=("is_estimated", "any"),
        is_complete=("has_value", "all"),
        has_any_value=("has_value", "any"),
        is_imputed=("is_carried", "any"),
        is_reviewed=("is_reviewed", "any"),
    )
    # All of a unit whose person-years were carried over an estimated split rests on
    # no estimate, a part of it does.
    estimated = sources[sources["is_estimated"]].merge(
        units[["year", "unit", "region", "share"]],
        on=["year", "unit"],
        suffixes=("", "_of_unit"),
    )
    estimated["share"] *= estimated["share_of_unit"]
    held = estimated.groupby(
        [*REGION, "target_group", "source_year", "source_unit"], observed=True
    )["share"].sum()
    in_part = held[held < SHARE * SOURCE_SHARE].reset_index().set_index(REGION).index
    answers["is_estimated"] |= answers.index.isin(in_part)

    places = reference.places.merge(
        answers["is_complete"],
        left_on=["year", "municipality"],
        right_index=True,
        how="left",
    )
    places["population_covered"] = places["population"] * places["is_complete"].eq(True)
    inhabitants = [
        places.groupby(["year", level])
        .agg(
            population=("population", "sum"),
            population_covered=("population_covered", "sum"),
            n_municipalities=("municipality", "size"),
        )
        .rename_axis(REGION)
        for level in LEVELS
    ]
    districts = reference.shown_districts().set_index(REGION)[["population"]] * 10**4
    districts["population_covered"] = (
        districts["population"] * answers["is_complete"].reindex(districts.index)
    ).astype("int64")
    districts["n_municipalities"] = 0
    return answers.join(pd.concat([*inhabitants, districts]), how="left").reset_index()


def known_measures(
    cells: pd.DataFrame, decided: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """R18: measures of regions in which at least one part of a unit knows them."""
    categories = reference["measure_categories"].query("role == 'not_told_apart'")
    educations = categories["education_code"].unique()
    not_told_apart = cells.loc[
        (cells["fte"] > 0) & cells["education_code"].isin(educations),
        [*RESPONSE, "education_code"],
    ]
    not_told_apart = (
        not_told_apart.astype({"education_code": object})
        .merge(categories[["measure_code", "education_code"]], on="education_code")
        .drop_duplicates([*RESPONSE, "measure_code"])
        .assign(is_known=False)
    )
    parts = (
        decided.loc[decided["is_answered"] | decided["is_carried"], RESPONSE]
        .merge(categories[["measure_code"]].drop_duplicates(), how="cross")
        .merge(not_told_apart, on=[*RESPONSE, "measure_code"], how="left")
    )
    parts = parts.loc[parts["is_known"].isna(), ["year", "unit", "measure_code"]]
    units = reference.units_of_regions()[["year", "unit", "region"]]
    return (
        parts.drop_duplicates()
        .merge(units, on=["year", "unit"])[[*REGION, "measure_code"]]
        .drop_duplicates()
        .assign(is_known=True)
    )


def sum_measures(
    fte: pd.DataFrame,
    regions: pd.DataFrame,
    known: pd.DataFrame,
    reference: Reference,
) -> pd.DataFrame:
    """R8, R9: person-years by measure, before anything is divided or hidden."""
    numbers = ["fte", "fte_imputed"]
    by_education = (
        fte.groupby(
            ["series_code", *REGION, "target_group", "education_code"],
            observed=True,
            sort=False,
        )[numbers]
        .sum()
        .reset_index()
    )
    own = by_education.groupby([*REGION, "target_group"], observed=True)["fte"].sum()
    own = own.unstack(fill_value=0).add_prefix("fte_")
    by_measure = by_education.astype({"education_code": object}).merge(
        reference["measure_categories"], on=["series_code", "education_code"]
    )
    is_counted = by_measure["role"] == "counted"
    by_measure["has_fte_not_told_apart"] = (by_measure["role"] == "not_told_apart") & (
        by_measure["fte"] > 0
    )
    by_measure[numbers] = by_measure[numbers].where(is_counted, 0)
    sums = by_measure.groupby([*REGION, "measure_code"]).agg(
        {"fte": "sum", "fte_imputed": "sum", "has_fte_not_told_apart": "any"}
    )
    summed = (
        regions.merge(reference.years, on="year")
        .merge(reference["measures"][["series_code", "measure_code"]], on="series_code")
        .merge(sums, on=[*REGION, "measure_code"], how="left")
        .merge(known, on=[*REGION, "measure_code"], how="left")
        .merge(own, on=REGION, how="left")
    )
    numbers += ["fte_adults", "fte_children_youth"]
    summed[numbers] = summed[numbers].fillna(0).astype("Int64")
    for flag in ("has_fte_not_told_apart", "is_known"):
        summed[flag] = summed[flag].eq(True)
    return summed


def decide_measures(measures: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """R18, R19, R25: what is shown, what is not, and why."""
    levels = reference.regions["region_level"].take(measures["region"]).to_numpy()
    measures["region_level"] = levels
    is_single = measures["region_level"].isin(["municipality", "district"])
    may_be_hidden = (measures["region_level"] == "municipality") & (
        measures["series_code"] == "current"
    )
    no_adults = may_be_hidden & measures["fte_adults"].eq(0)
    no_children_youth = may_be_hidden & measures["fte_children_youth"].eq(0)
    either_part = DISPLAY_RULE == "either_part"
    reasons = {
        "no_answer": (is_single & ~measures["is_complete"])
        | ~measures["has_any_value"],
        "not_told_apart": measures["has_fte_not_told_apart"]
        & (is_single | ~measures["is_known"]),
        "no_own_person_years": no_adults & no_children_youth,
        "no_own_adults": no_adults & either_part,
        "no_own_children_youth": no_children_youth & either_part,
    }
    reason = np.select(
        [reason.to_numpy(bool) for reason in reasons.values()], list(reasons), ""
    )
    measures["not_displayed_reason"] = pd.Series(reason).where(reason != "")
    is_unknown = measures["not_displayed_reason"].isin(["no_answer", "not_told_apart"])
    is_displayed = measures["not_displayed_reason"].isna()
    measures["is_displayed"] = is_displayed
    measures["obs_status"] = np.select(
        [is_unknown, ~is_displayed, measures["is_imputed"], measures["is_estimated"]],
        ["L", "Q", "I", "E"],
        "A",
    )
    measures["fte_known"] = measures["fte"]
    measures["fte"] = measures["fte"].mask(is_unknown)
    measures["fte_imputed"] = measures["fte_imputed"].mask(is_unknown)
    # The units differ by 10^4 and a rate is per 1,000: one decimal is there already.
    population = measures["population"].astype("Int64")
    for name, decimals in (
        ("per_1000", 2),
        ("per_1000_one_decimal", 1),
        ("per_1000_unrounded", 8),
        ("rate", 12),
    ):
        rate = ratio(measures["fte"], population, decimals - 1)
        measures[name] = rate.where(is_displayed)
    return measures


def compare_figures(
    measures: pd.DataFrame, demo_years: set[int], reference: Reference
) -> pd.DataFrame:
    """R10, R11: fct_indicator, by the rows of the regions."""
    keys = ["series_code", "year", "region", "measure_code"]
    before = measures[[*keys, "fte", "rate"]].assign(year=measures["year"] + 1)
    measures = measures.merge(before, on=keys, how="left", suffixes=("", "_before"))
    change = measures["fte"] - measures["fte_before"]
    measures["change_fte"] = change
    measures["change_pct"] = ratio(100 * change, measures["fte_before"], 6)
    measures["change_per_1000"] = rounded(
        measures["rate"] - measures["rate_before"], 10**4
    )
    measures["imputed_share"] = ratio(measures["fte_imputed"], measures["fte"], 6)

    # A municipality stands beside its newest KOSTRA group, if that is large enough.
    places = reference.places.sort_values("year").drop_duplicates(
        "municipality", keep="last"
    )
    group = measures["region"].map(places.set_index("municipality")["kostra_group"])
    groups = measures.loc[
        measures["region_level"] == "kostra_group",
        ["year", "region", "measure_code", "n_municipalities"],
    ].rename(columns={"region": "group", "n_municipalities": "n_of_group"})
    n_of_group = (
        measures[["year", "measure_code"]]
        .assign(group=group)
        .merge(groups, on=["year", "group", "measure_code"], how="left")["n_of_group"]
    )
    is_municipality = measures["region_level"] == "municipality"
    has_group = is_municipality & (n_of_group >= COMPARISON_GROUP_MINIMUM)
    beside = group.where(has_group).fillna(0).astype("int64")  # the country is row 0
    for column in ("region_level", "region_code"):
        compared_with = reference.regions[column].take(beside).to_numpy()
        measures[f"comparison_{column}"] = pd.Series(compared_with).where(
            is_municipality
        )

    reasons = reference["not_displayed_reasons"].rename(
        columns={
            "reason_code": "not_displayed_reason",
            "name_nb": "not_displayed_reason_nb",
            "name_en": "not_displayed_reason_en",
        }
    )
    measures = measures.merge(reasons, on="not_displayed_reason", how="left")
    measures["measure_key"] = measures["series_code"] + ":" + measures["measure_code"]
    measures["imputation_method"] = np.where(
        measures["is_imputed"], "carried_forward", None
    )
    measures["is_reconstruction"] = measures["year"].isin(demo_years)
    return measures


# --- Writing --------------------------------------------------------------------------

FTE = {
    "series_code": pa.string(),
    "year": pa.int32(),
    "region_level": pa.string(),
    "region_code": pa.string(),
    "region_key": pa.string(),
    "region_name": pa.string(),
    "target_group": pa.string(),
    "service_code": pa.string(),
    "education_code": pa.string(),
    "fte": pa.decimal128(18, 8),
    "fte_imputed": pa.decimal128(18, 8),
}
INDICATOR = {
    "series_code": pa.string(),
    "year": pa.int32(),
    "region_level": pa.string(),
    "region_code": pa.string(),
    "region_key": pa.string(),
    "region_name": pa.string(),
    "measure_code": pa.string(),
    "measure_key": pa.string(),
    "fte": pa.decimal128(18, 8),
    "fte_known": pa.decimal128(18, 8),
    "population": pa.decimal128(18, 4),
    "population_covered": pa.decimal128(18, 4),
    "per_1000": pa.decimal128(18, 2),
    "per_1000_one_decimal": pa.decimal128(18, 1),
    "per_1000_unrounded": pa.decimal128(18, 8),
    "is_displayed": pa.bool_(),
    "not_displayed_reason": pa.string(),
    "not_displayed_reason_nb": pa.string(),
    "not_displayed_reason_en": pa.string(),
    "obs_status": pa.string(),
    "is_imputed": pa.bool_(),
    "is_break": pa.bool_(),
    "imputation_method": pa.string(),
    "imputed_share": pa.decimal128(18, 6),
    "is_estimated": pa.bool_(),
    "is_reviewed": pa.bool_(),
    "change_per_1000": pa.decimal128(18, 8),
    "change_fte": pa.decimal128(18, 8),
    "change_pct": pa.decimal128(18, 6),
    "comparison_region_level": pa.string(),
    "comparison_region_code": pa.string(),
    "n_municipalities": pa.int32(),
    "is_reconstruction": pa.bool_(),
}


def write(
    rows: pd.DataFrame, types: dict[str, pa.DataType], regions: pd.DataFrame, path: Path
) -> None:
    """Write a mart, with its regions in words and its whole numbers as decimals."""
    region = pa.array(rows["region"])
    columns = {
        name: pa.array(regions[name]).take(region)
        if name in regions
        else as_type(pa.array(rows[name]), data_type)
        for name, data_type in types.items()
    }
    pq.write_table(pa.table(columns), path)


def as_type(values: pa.Array, data_type: pa.DataType) -> pa.Array:
    """The values as a type; for a decimal they are units of its last place."""
    if pa.types.is_decimal(data_type):
        unit = Decimal(1).scaleb(-data_type.scale)
        unit = pa.scalar(unit, pa.decimal128(data_type.scale + 1, data_type.scale))
        values = pc.multiply(values.cast(pa.decimal128(19, 0)), unit)
    return values.cast(data_type)


def compute(source: Path, output: Path) -> None:
    """Read, compute, write."""
    reference = Reference(source / "reference")
    reviews = read_reviews(source / "raw" / "reviews.parquet")
    parts, reported, demo_years = [], [], set()
    for year in YEARS:
        lines = read_lines(source, year, reference, reviews)
        of_year = judge_parts(lines, year, reviews, reference)
        reported.append(sum_reported(lines, of_year, year, reference))
        if of_year["submission_id"].astype(str).str.startswith("demo-").any():
            demo_years.add(year)
        parts.append(of_year[[*PART[1:], "unit", "is_valid", "is_used", "is_reviewed"]])
        parts[-1].insert(0, "year", year)
    parts = pd.concat(parts, ignore_index=True)
    parts["target_group"] = parts["target_group"].astype(
        reference.cell_types["target_group"]
    )
    reported = pd.concat(reported, ignore_index=True)
    decided, sources = decide(parts, reference)
    carried = carry(reported, sources, reference)
    reported["fte"] *= 10**4
    cells = pd.concat(
        [reported.assign(is_carried=False), carried.assign(is_carried=True)],
        ignore_index=True,
    )
    fte = sum_regions(cells, reference)
    output.mkdir(parents=True, exist_ok=True)
    write(fte, FTE, reference.regions, output / "fct_fte.parquet")
    measures = sum_measures(
        fte,
        describe_regions(decided, sources, reference),
        known_measures(cells, decided, reference),
        reference,
    )
    indicator = compare_figures(
        decide_measures(measures, reference), demo_years, reference
    )
    write(indicator, INDICATOR, reference.regions, output / "fct_indicator.parquet")


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
