using System.Collections.Concurrent;
using CustomerService.Grains;
using CustomerService.Grains.Staff;
using CustomerService.Grains.Turns;

namespace CustomerService.Staff;

/// <summary>People and tokens as they are now, or were at most two seconds ago: what was taken from somebody elsewhere is gone here that soon.</summary>
internal sealed class StaffRoster(IGrainClient grains, TimeProvider time)
{
    private const int MostTokens = 1_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, (PersonView? Person, long At)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (ApiTokenView? Token, long At)> _tokens = new(StringComparer.Ordinal);
    private long _forgotten;

    /// <returns>Null: there is nobody of that id.</returns>
    public async ValueTask<PersonView?> FindAsync(string id, CancellationToken cancellation) =>
        _known.TryGetValue(id, out var known) && time.GetElapsedTime(known.At) < Fresh ? known.Person : await ReadAsync(id, cancellation);

    /// <summary>As they are at this moment, wherever they were changed.</summary>
    /// <returns>Null: there is nobody of that id.</returns>
    public async ValueTask<PersonView?> ReadAsync(string id, CancellationToken cancellation)
    {
        var (asked, forgotten) = (time.GetTimestamp(), Volatile.Read(ref _forgotten));
        var person = await grains.AskAsync(Grain.Staff, new GetPerson(id), cancellation) as PersonView;
        if (forgotten == Volatile.Read(ref _forgotten)) // Else this may be what was there before the change.
            _known[id] = (person, asked);
        return person;
    }

    /// <returns>Null: there is no token of that hash, or it is no longer good.</returns>
    public async ValueTask<ApiTokenView?> FindTokenAsync(string hash, CancellationToken cancellation)
    {
        if (!_tokens.TryGetValue(hash, out var known) || time.GetElapsedTime(known.At) >= Fresh)
        {
            if (_tokens.Count >= MostTokens)
                _tokens.Clear(); // Anybody may send hashes of anything.
            var asked = time.GetTimestamp();
            known = (await grains.AskAsync(Grain.Staff, new FindToken(hash), cancellation) as ApiTokenView, asked);
            _tokens[hash] = known;
        }

        if (known.Token is not { } token || token.ExpiresAt <= time.GetUtcNow())
            return null;
        if (StaffBehaviour.IsUnnoted(token.LastUsedAt, time.GetUtcNow()))
        {
            await grains.AskAsync(Grain.Staff, new NoteTokenUse(token.Id), cancellation);
            _tokens[hash] = (token with { LastUsedAt = time.GetUtcNow() }, known.At);
        }

        return token;
    }

    /// <summary>Something was changed here, so that the next look is a new one.</summary>
    public void Forget(string id)
    {
        Interlocked.Increment(ref _forgotten);
        _known.TryRemove(id, out _);
    }

    public void ForgetTokens() => _tokens.Clear();
}
