using System.Net;
using System.Net.Sockets;

namespace CustomerService.Staff;

/// <summary>
/// How many attempts to sign in may fail from one network address, whatever names they are for: who tries one password with every name is stopped by no account's lockout.
/// This machine's own address isn't limited: behind a proxy on it, all have that one.
/// </summary>
internal sealed class SignInAddresses(TimeProvider time)
{
    /// <summary>That many at once…</summary>
    internal const int Burst = 20;

    private const int Remembered = 10_000;
    private const int BytesOfNetwork = 8; // An IPv6 network of 64 bits is one customer's.

    /// <summary>…and then one more each time.</summary>
    internal static readonly TimeSpan Each = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Attempts> _known = new(StringComparer.Ordinal);

    /// <summary>Counts an attempt as failed before it is looked at.</summary>
    /// <returns>Null: it may be looked at.</returns>
    public Refusal? Begin(string? address)
    {
        if (KeyOf(address) is not { } key)
            return null;
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var known = _known.GetValueOrDefault(key, new Attempts(now, WasTold: false));
            var forgottenAt = (known.ForgottenAt > now ? known.ForgottenAt : now) + Each;
            if (forgottenAt - now > Burst * Each)
            {
                _known[key] = known with { WasTold = true };
                return new Refusal(forgottenAt - (Burst * Each), IsFirst: !known.WasTold);
            }

            MakeRoom(key, now);
            _known[key] = new Attempts(forgottenAt, WasTold: false);
            return null;
        }
    }

    /// <summary>It did not fail.</summary>
    public void TakeBack(string? address)
    {
        if (KeyOf(address) is not { } key)
            return;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var known))
                _known[key] = known with { ForgottenAt = known.ForgottenAt - Each };
        }
    }

    private void MakeRoom(string key, DateTimeOffset now)
    {
        if (_known.Count < Remembered || _known.ContainsKey(key))
            return;
        foreach (var old in _known.Where(each => each.Value.ForgottenAt <= now).Select(each => each.Key).ToList())
            _known.Remove(old);
        if (_known.Count >= Remembered)
            _known.Clear();
    }

    private static string? KeyOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || IPAddress.IsLoopback(parsed))
            return null;
        if (parsed.IsIPv4MappedToIPv6)
            parsed = parsed.MapToIPv4();
        return IPAddress.IsLoopback(parsed) ? null
            : parsed.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, BytesOfNetwork))
            : parsed.ToString();
    }

    /// <param name="Until">When the next is looked at.</param>
    /// <param name="IsFirst">None was refused since one was looked at.</param>
    internal readonly record struct Refusal(DateTimeOffset Until, bool IsFirst);

    /// <param name="ForgottenAt">When all that failed is forgotten: each takes its time.</param>
    private readonly record struct Attempts(DateTimeOffset ForgottenAt, bool WasTold);
}
