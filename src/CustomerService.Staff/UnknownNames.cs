using CustomerService.Grains.Staff;

namespace CustomerService.Staff;

/// <summary>Counts attempts under names that nobody has, by the rule for those that somebody has: a lockout tells nobody which names exist.</summary>
internal sealed class UnknownNames(TimeProvider time)
{
    private const int Remembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Attempts, DateTimeOffset? LockedUntil)> _names = new(StringComparer.Ordinal);

    /// <returns>Until when no attempt is looked at; null: this one is.</returns>
    public DateTimeOffset? Begin(string name)
    {
        var (key, now) = (name.Trim().ToLowerInvariant(), time.GetUtcNow());
        lock (_gate)
        {
            var (attempts, until) = _names.GetValueOrDefault(key);
            if (until > now)
                return until;
            if (_names.Count >= Remembered && !_names.ContainsKey(key))
                _names.Clear();
            _names[key] = (attempts + 1, Lockout.Until(attempts + 1, now));
            return null;
        }
    }
}
