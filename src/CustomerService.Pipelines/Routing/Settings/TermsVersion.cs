using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.Pipelines.Routing.Settings;

/// <summary>A short name of what terms say: equal terms have equal ones, on every machine and after every start.</summary>
internal static class TermsVersion
{
    public static QueueTerms Named(QueueTerms terms) => terms with { Version = Of(terms) };

    private static string Of(QueueTerms terms)
    {
        var text = new StringBuilder();
        void Say(params ReadOnlySpan<object?> parts)
        {
            foreach (var part in parts)
                text.Append(Convert.ToString(part, CultureInfo.InvariantCulture)).Append('\n');
        }

        foreach (var (tier, targets) in terms.Targets.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Say(tier, targets.FirstResponse, targets.NextResponse, targets.Resolution);
        if (terms.Calendar is { } calendar)
        {
            Say(calendar.Name, calendar.TimeZone);
            foreach (var span in calendar.Week)
                Say(span.Day, span.From, span.Until);
            foreach (var day in calendar.Exceptions)
            {
                Say(day.Date.DayNumber, day.Name);
                foreach (var span in day.Hours)
                    Say(span.From, span.Until);
            }
        }

        Say(terms.WarnAt, terms.EscalateOnBreach, terms.Tier, terms.EscalateTo, terms.LastAgentSeconds, terms.Reopen, terms.WrapUp, terms.CloseAfterSeconds);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
