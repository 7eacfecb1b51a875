using System.Collections.Concurrent;
using CustomerService.Grains;
using CustomerService.Grains.Journal;

namespace CustomerService.Gateway.Conversations;

internal enum TypingSide
{
    Customer,
    Agent,
    Assistant,
}

/// <summary>Who is typing where, right now. A hint only: kept in memory, forgotten soon, lost without harm.</summary>
/// <remarks>
/// It knows what was reported here, and what it hears while it is subscribed. So where several processes serve, a poll at one that follows
/// nobody shows no typing.
/// </remarks>
internal sealed class TypingSignals(IHints hints, TimeProvider time)
{
    /// <summary>How long a sign of typing holds.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(8);

    private const int ForgetAbove = 1_000;
    private readonly ConcurrentDictionary<(string Conversation, TypingSide Side), DateTimeOffset> _last = new();

    public void Report(string conversation, TypingSide side)
    {
        Note(conversation, side);
        hints.Send(Grain.Conversation(conversation), side == TypingSide.Customer ? TypingHints.Customer : TypingHints.Agent);
    }

    /// <summary>When they were last seen typing; null when that is over.</summary>
    public DateTimeOffset? LastAt(string conversation, TypingSide side) =>
        _last.TryGetValue((conversation, side), out var at) && time.GetUtcNow() - at <= Holds ? at : null;

    /// <summary>Calls back for each sign of typing in the conversation, until disposed.</summary>
    public IDisposable Subscribe(string conversation, Action<TypingSide> listener) => hints.Listen(Grain.Conversation(conversation), hint =>
    {
        if (SideIn(hint) is not { } side)
            return;
        Note(conversation, side);
        listener(side);
    });

    private static TypingSide? SideIn(string hint) => hint switch
    {
        TypingHints.Customer => TypingSide.Customer,
        TypingHints.Agent => TypingSide.Agent,
        TypingHints.Assistant => TypingSide.Assistant,
        _ => null,
    };

    private void Note(string conversation, TypingSide side)
    {
        var now = time.GetUtcNow();
        if (_last.Count > ForgetAbove)
        {
            foreach (var (key, at) in _last)
            {
                if (now - at > Holds)
                    _last.TryRemove(key, out _);
            }
        }

        _last[(conversation, side)] = now;
    }
}
