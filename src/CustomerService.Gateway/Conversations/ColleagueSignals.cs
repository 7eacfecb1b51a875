using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Journal;

namespace CustomerService.Gateway.Conversations;

/// <summary>Somebody of the staff who has a conversation open.</summary>
/// <param name="Id">The person's.</param>
/// <param name="Writing">They are writing in it now.</param>
public sealed record Colleague(string Id, string Name, bool Writing);

/// <summary>
/// Who of the staff has which conversation open. Signs only, as those of typing: each process tells the others of its own pages now and then, and whoever is not heard of any
/// more is taken as gone.
/// </summary>
internal sealed class ColleagueSignals(IHints hints, TimeProvider time)
{
    private const string Mark = "here:";
    private const string Open = "open";
    private const string Writing = "writing";
    private const string Gone = "gone";

    /// <summary>How often an open page says that it is.</summary>
    internal static readonly TimeSpan Repeats = TimeSpan.FromSeconds(15);

    /// <summary>Two signs may be lost.</summary>
    internal static readonly TimeSpan Holds = 3 * Repeats;

    /// <summary>Shows the others that somebody has the conversation open, and calls back with who else has, each time that it changes, until disposed.</summary>
    public IColleaguesSeen Watch(string conversation, string id, string name, Action<ImmutableArray<Colleague>> changed) => new Seen(hints, time, conversation, id, name, changed);

    private static string Sign(string what, string id, string name) => $"{Mark}{what}:{id}:{name}";

    private sealed class Seen : IColleaguesSeen
    {
        private readonly IHints _hints;
        private readonly TimeProvider _time;
        private readonly string _conversation;
        private readonly string _id;
        private readonly string _name;
        private readonly Action<ImmutableArray<Colleague>> _changed;
        private readonly Lock _one = new();
        private readonly IDisposable _listening;
        private readonly ITimer _timer;
        private ImmutableSortedDictionary<string, (string Name, DateTimeOffset At, DateTimeOffset? WroteAt)> _others =
            ImmutableSortedDictionary.Create<string, (string, DateTimeOffset, DateTimeOffset?)>(StringComparer.Ordinal);
        private ImmutableArray<Colleague> _told = [];

        public Seen(IHints hints, TimeProvider time, string conversation, string id, string name, Action<ImmutableArray<Colleague>> changed)
        {
            (_hints, _time, _conversation, _id, _name, _changed) = (hints, time, conversation, id, name, changed);
            _listening = hints.Listen(Grain.Conversation(conversation), Hear);
            Send(Open);
            _timer = time.CreateTimer(_ => Repeat(), null, Repeats, Repeats);
        }

        public void Write() => Send(Writing);

        public void Dispose()
        {
            _timer.Dispose();
            _listening.Dispose();
            Send(Gone);
        }

        private void Send(string what) => _hints.Send(Grain.Conversation(_conversation), Sign(what, _id, _name));

        private void Repeat()
        {
            Send(Open);
            Tell();
        }

        private void Hear(string hint)
        {
            if (!hint.StartsWith(Mark, StringComparison.Ordinal) || hint[Mark.Length..].Split(':', 3) is not [var what, var id, var name] || id == _id)
                return;
            var now = _time.GetUtcNow();
            var isNew = false;
            lock (_one)
            {
                isNew = what == Open && !_others.ContainsKey(id);
                _others = what == Gone
                    ? _others.Remove(id)
                    : _others.SetItem(id, (name, now, what == Writing ? now : _others.GetValueOrDefault(id).WroteAt));
            }

            if (isNew)
                Send(Open); // Who came later has not heard of this one yet.
            Tell();
        }

        private void Tell()
        {
            lock (_one) // so that what was seen last is told last
            {
                var now = _time.GetUtcNow();
                _others = _others.RemoveRange(_others.Where(other => now - other.Value.At > Holds).Select(other => other.Key));
                ImmutableArray<Colleague> here = [.. _others.Select(other => new Colleague(other.Key, other.Value.Name, now - other.Value.WroteAt <= TypingSignals.Holds))];
                if (here.SequenceEqual(_told))
                    return;
                _told = here;
                _changed(here);
            }
        }
    }
}

/// <summary>Somebody's open page of a conversation, as colleagues see it. Disposed, they are gone.</summary>
public interface IColleaguesSeen : IDisposable
{
    /// <summary>Shows the others that they write.</summary>
    void Write();
}
