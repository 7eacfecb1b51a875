using System.Globalization;
using System.Text.Json.Serialization;

namespace CustomerService.Grains.Retention;

public enum KeepUnit
{
    Days,

    Months,

    Years,
}

/// <summary>How long something is kept, as the calendar counts it: <c>180d</c>, <c>6mo</c>, <c>2y</c>, or <c>forever</c>.</summary>
/// <param name="Count">0: for ever.</param>
public sealed record KeepTime(int Count, KeepUnit Unit)
{
    public const string ForeverWord = "forever";

    /// <summary>In years; who means longer means for ever.</summary>
    public const int MostYears = 100;

    public static KeepTime Forever { get; } = new(0, KeepUnit.Days);

    [JsonIgnore]
    public bool IsForever => Count == 0;

    /// <summary>How the file writes the unit: <c>d</c>, <c>mo</c>, <c>y</c> or <c>forever</c>.</summary>
    [JsonIgnore]
    public string UnitWord => this switch
    {
        { IsForever: true } => ForeverWord,
        { Unit: KeepUnit.Days } => "d",
        { Unit: KeepUnit.Months } => "mo",
        _ => "y",
    };

    /// <summary>At least a day: what is younger somebody may still be about to answer.</summary>
    /// <returns>Null: it is no such time.</returns>
    public static KeepTime? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed == ForeverWord)
            return Forever;
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(trimmed.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
            return null;
        return trimmed[digits..].Trim() switch
        {
            "d" when count <= MostYears * 365 => new KeepTime(count, KeepUnit.Days),
            "mo" when count <= MostYears * 12 => new KeepTime(count, KeepUnit.Months),
            "y" when count <= MostYears => new KeepTime(count, KeepUnit.Years),
            _ => null,
        };
    }

    /// <summary>What had its last word then or before has been kept long enough; null: nothing has.</summary>
    public DateTimeOffset? NotAfter(DateTimeOffset now) => this switch
    {
        { IsForever: true } => null,
        { Unit: KeepUnit.Days } => now.AddDays(-Count),
        { Unit: KeepUnit.Months } => now.AddMonths(-Count),
        _ => now.AddYears(-Count),
    };

    public bool IsShorterThan(KeepTime other, DateTimeOffset now) => NotAfter(now) is { } mine && (other.NotAfter(now) is not { } theirs || mine > theirs);

    /// <summary>As the owner's file writes it.</summary>
    public override string ToString() => IsForever ? ForeverWord : string.Create(CultureInfo.InvariantCulture, $"{Count}{UnitWord}");
}
