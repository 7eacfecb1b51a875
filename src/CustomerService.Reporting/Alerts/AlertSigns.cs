using CustomerService.Grains.Alerts;

namespace CustomerService.Reporting.Alerts;

/// <summary>Figures in signs that need no translation.</summary>
public static class AlertSigns
{
    /// <summary>Such as <c>billing: 12 min &gt; 10 min</c>.</summary>
    public static string Of(AlertFigure figure, string subject, double value, AlertKind kind, double limit) =>
        $"{(subject.Length > 0 ? subject : figure.Name)}: {Value(figure.Unit, value)} {(kind == AlertKind.Below ? '<' : '>')} {Value(figure.Unit, limit)}";

    /// <summary>Such as <c>12</c>, <c>45 s</c>, <c>1:20 h</c>, <c>75 %</c>, <c>3.4</c> or <c>−0.5</c>.</summary>
    public static string Value(AlertUnit unit, double value) => unit switch
    {
        AlertUnit.Seconds => value switch
        {
            < 60 => FormattableString.Invariant($"{Math.Floor(value):0} s"),
            < 3600 => FormattableString.Invariant($"{Math.Floor(value / 60):0} min"),
            _ => FormattableString.Invariant($"{(int)(value / 3600)}:{(int)(value / 60) % 60:00} h"),
        },
        AlertUnit.Share => FormattableString.Invariant($"{Math.Floor(value * 1000) / 10:0.#} %"),
        AlertUnit.Rating => FormattableString.Invariant($"{value:0.0}"),
        AlertUnit.Mood => FormattableString.Invariant($"{value:0.00}").Replace('-', '−'),
        _ => FormattableString.Invariant($"{value:0.#}"),
    };
}
