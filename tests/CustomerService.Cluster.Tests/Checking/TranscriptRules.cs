using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Cluster.Tests.Checking;

/// <summary>What was acknowledged is there once, in its order, and was dealt with once.</summary>
internal static class TranscriptRules
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        foreach (var deeds in evidence.Deeds.GroupBy(deed => deed.Conversation))
        {
            var journal = evidence.OfGrain[Grain.Conversation(deeds.Key)].Select(entry => entry.Event).ToList();
            var told = deeds.ToList();
            foreach (var violation in Kept(told, journal).Concat(Numbered(journal)).Concat(Answered(journal)).Concat(DealtWith(journal)))
                yield return $"{violation} ({deeds.Key})";
        }
    }

    private static IEnumerable<string> Kept(List<Deed> deeds, List<JournalEvent> journal)
    {
        var received = journal.OfType<MessageReceived>().ToLookup(message => message.Interaction.Id);
        foreach (var twice in received.Where(same => same.Count() > 1))
            yield return $"taken twice: {twice.Key}";

        foreach (var acknowledged in deeds.Where(deed => deed.What == DeedKind.Acknowledged))
        {
            if (!received.Contains(acknowledged.Message))
                yield return $"acknowledged and lost: {acknowledged.Message}";
            else if (received[acknowledged.Message].All(message => message.MessageSequence != acknowledged.Sequence))
                yield return $"acknowledged at another place: {acknowledged.Message} at {acknowledged.Sequence}";
        }

        // Whatever was sent after another was acknowledged comes after it.
        var acknowledgedUpTo = 0L;
        foreach (var deed in deeds)
        {
            if (deed.What == DeedKind.Acknowledged)
                acknowledgedUpTo = Math.Max(acknowledgedUpTo, deed.Sequence);
            else if (deed.What == DeedKind.Sent && received[deed.Message].FirstOrDefault() is { } taken && taken.MessageSequence <= acknowledgedUpTo)
                yield return $"order not kept: {deed.Message} has {taken.MessageSequence}, and was sent when {acknowledgedUpTo} was acknowledged";
        }

        var replies = journal.OfType<MessageSent>().Where(message => message.Author == Author.Agent).ToLookup(message => message.MessageId);
        foreach (var reply in deeds.Where(deed => deed.What == DeedKind.ReplyAcknowledged && replies[deed.Message].Count() != 1))
            yield return $"reply of an agent, acknowledged and there {replies[reply.Message].Count()} times: {reply.Message}";

        var transcript = Transcript(journal).ToDictionary();
        foreach (var shown in deeds.Where(deed => deed.What == DeedKind.Shown && transcript.GetValueOrDefault(deed.Sequence) != deed.Message).Distinct())
            yield return $"shown and not there: {shown.Message} at {shown.Sequence}";
    }

    private static IEnumerable<string> Numbered(List<JournalEvent> journal)
    {
        var expected = 0L;
        foreach (var (sequence, message) in Transcript(journal))
        {
            if (sequence != ++expected)
            {
                yield return $"gap in the transcript: {message} has {sequence} where {expected} should be";
                yield break;
            }
        }
    }

    private static IEnumerable<string> Answered(List<JournalEvent> journal)
    {
        var place = journal.OfType<MessageReceived>().GroupBy(message => message.Interaction.Id).ToDictionary(same => same.Key, same => same.First().MessageSequence);
        var answers = journal.OfType<MessageSent>().Where(message => message.InReplyTo is not null).Select(message => message.InReplyTo!).ToList();
        foreach (var twice in answers.GroupBy(id => id).Where(same => same.Count() > 1))
            yield return $"answered twice: {twice.Key}";
        foreach (var unknown in answers.Where(id => !place.ContainsKey(id)))
            yield return $"answered and never taken: {unknown}";
        var places = answers.Where(place.ContainsKey).Distinct().Select(id => place[id]).ToList();
        if (!places.SequenceEqual(places.Order()))
            yield return $"answered out of order: {string.Join(' ', answers)}";
        foreach (var twice in journal.OfType<MessageSent>().GroupBy(message => message.MessageId).Where(same => same.Count() > 1))
            yield return $"sent twice: {twice.Key}";
    }

    /// <summary>Each message has one run that came to an end, or people have it.</summary>
    private static IEnumerable<string> DealtWith(List<JournalEvent> journal)
    {
        var runs = journal.Select(RunOf).OfType<string>().ToLookup(id => id);
        foreach (var twice in runs.Where(same => same.Count() > 1))
            yield return $"run twice: {twice.Key}";

        var (status, waiting) = (ConversationStatus.New, new List<string>());
        foreach (var happened in journal)
        {
            switch (happened)
            {
                case MessageReceived received when !runs.Contains(received.Interaction.Id) && !status.IsWithPeople() && status != ConversationStatus.WrapUp:
                    waiting.Add(received.Interaction.Id);
                    break;
                case HandedOff:
                    waiting.Clear();
                    break;
                case StatusChanged changed:
                    status = changed.To;
                    break;
            }
        }

        foreach (var message in waiting)
            yield return $"neither answered nor handed over nor parked: {message}";
    }

    private static string? RunOf(JournalEvent happened) => happened switch
    {
        RunCompleted run => run.MessageId,
        RunFailed run => run.MessageId,
        _ => null,
    };

    private static IEnumerable<KeyValuePair<long, string>> Transcript(List<JournalEvent> journal)
    {
        var last = 0L;
        foreach (var happened in journal)
        {
            KeyValuePair<long, string>? line = happened switch
            {
                MessageReceived received => new(received.MessageSequence, received.Interaction.Id),
                MessageSent sent => new(sent.MessageSequence, sent.MessageId),
                _ => null,
            };
            if (line is { } next && next.Key > last)
            {
                last = next.Key;
                yield return next;
            }
        }
    }
}
