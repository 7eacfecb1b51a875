using CustomerService.Grains.Audit;

namespace CustomerService.Staff;

/// <summary>Which records of the audit log are wanted; what is null is not asked for.</summary>
/// <param name="Who">As the log names them; the beginning is enough.</param>
/// <param name="Act">Its stored name, such as <c>queue.pause</c>; the beginning is enough.</param>
/// <param name="From">Not before.</param>
/// <param name="Until">Before.</param>
public sealed record AuditFilter(string? Who = null, string? Act = null, ActOutcome? Outcome = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public bool Matches(ActNoted act) =>
        Begins(act.Who, Who) && Begins(act.Act, Act) && (Outcome is null || act.Outcome == Outcome) && !(act.At < From) && !(act.At >= Until);

    private static bool Begins(string text, string? wanted) => string.IsNullOrWhiteSpace(wanted) || text.StartsWith(wanted.Trim(), StringComparison.OrdinalIgnoreCase);
}
