using System.Globalization;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Simulation.Traffic;

/// <summary>
/// Takes the traffic out of a journal: every matter that was handed to a person, when it came, what was understood of it, and how long
/// agents worked at it. What a journal can't know is drawn, and said among the assumptions.
/// </summary>
public static class JournalTraffic
{
    /// <summary>From so many customers who gave up on, their patience is reckoned from the record.</summary>
    private const int EnoughWhoGaveUp = 20;

    private const int Batch = 1_000;

    private static readonly Distribution UsualHandling = new Distribution.LogNormal(360, 0.6);
    private static readonly Distribution UsualPatience = new Distribution.Exponential(600);

    /// <param name="source">How reports name it.</param>
    /// <param name="attention">By channel, the part of an agent's attention that one conversation takes.</param>
    /// <param name="afterPosition">What stands in the journal up to here is left out; 0: nothing is.</param>
    /// <param name="patience">Null: reckoned from the journal, or the usual one.</param>
    /// <exception cref="InvalidDataException">Nothing was ever handed to a person.</exception>
    public static async Task<Arrivals> ReadAsync(
        IJournal journal, string source, TimeZoneInfo zone, IReadOnlyDictionary<string, double> attention, Distribution? patience, long seed, CancellationToken cancellation,
        long afterPosition = 0)
    {
        var record = new RecordedWork(attention);
        for (var after = afterPosition; ;)
        {
            var entries = await journal.ReadAllAsync(after, Batch, cancellation);
            if (entries.Count == 0)
                break;
            foreach (var entry in entries.Where(entry => entry.Grain.Kind == GrainKinds.Conversation))
                record.Read(entry);
            after = entries[^1].Position;
        }

        return record.Matters.Count > 0
            ? Of(record, source, zone, patience, seed)
            : throw new InvalidDataException($"{source}: no conversation was ever handed to a person, so there is nothing to play. Name another folder with --data, or a traffic file with --from.");
    }

    private static Arrivals Of(RecordedWork record, string source, TimeZoneInfo zone, Distribution? patience, long seed)
    {
        var assumptions = new List<string>
        {
            "Handling times are the recorded ones, brought to one agent's undivided work; queue, priority and needs are decided anew from what the pipeline had understood.",
        };
        patience ??= PatienceOf(record, assumptions);
        var handled = record.Matters.Where(matter => matter.IsOver && matter.Work > 0).ToLookup(matter => matter.Queue, matter => matter.Work);
        var unknown = record.Matters.Count(matter => !(matter.IsOver && matter.Work > 0));
        if (unknown > 0)
            assumptions.Add(string.Create(CultureInfo.InvariantCulture, $"{unknown} matters were not finished by an agent; their handling times are drawn from others of the same queue, or where there are none as {UsualHandling}."));
        if (record.Transfers > 0)
            assumptions.Add(string.Create(CultureInfo.InvariantCulture, $"{record.Transfers} recorded transfers are not played; the work at both ends counts as one."));

        var contacts = record.Matters.Select(matter =>
        {
            var dice = Streams.Of(seed, matter.Id);
            var others = handled[matter.Queue].ToArray();
            return new Contact
            {
                Id = matter.Id,
                At = matter.At,
                Channel = matter.Channel,
                Language = matter.Signals.Language,
                Tier = matter.Tier ?? "standard",
                Intent = matter.Signals.Intent,
                Urgency = matter.Signals.Urgency,
                Sentiment = matter.Signals.Sentiment,
                HandleSeconds = matter.IsOver && matter.Work > 0 ? matter.Work : others.Length > 0 ? dice.Pick(others) : UsualHandling.Draw(dice),
                PatienceSeconds = matter.Channel == ChannelNames.Email ? null : patience.Draw(dice),
            };
        });
        return new Arrivals(source, zone, [.. contacts.OrderBy(contact => contact.At).ThenBy(contact => contact.Id, StringComparer.Ordinal)], [], [.. assumptions]);
    }

    /// <summary>For patience without memory, the likeliest mean is all the waiting divided by those who gave up.</summary>
    private static Distribution PatienceOf(RecordedWork record, List<string> assumptions)
    {
        var waits = record.Matters.Where(matter => matter.Channel != ChannelNames.Email && matter.Waited is not null).ToList();
        var gaveUp = waits.Count(matter => matter.GaveUp);
        if (gaveUp >= EnoughWhoGaveUp)
        {
            var reckoned = new Distribution.Exponential(waits.Sum(matter => matter.Waited!.Value) / gaveUp);
            assumptions.Add(string.Create(CultureInfo.InvariantCulture, $"Customers' patience is reckoned from the {gaveUp} who gave up: {reckoned}; mails wait for ever."));
            return reckoned;
        }

        assumptions.Add($"A journal does not know how long customers would have waited: patience is taken as {UsualPatience} (--patience says otherwise); mails wait for ever.");
        return UsualPatience;
    }
}
