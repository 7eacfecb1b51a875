using System.Collections.Concurrent;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Tests.Scenarios;

/// <summary>The journal: every event once, in each grain's order, read or followed.</summary>
public abstract class JournalScenarios(ScenarioHost host) : Scenario(host)
{
    [Scenario]
    public async Task SubscribeThenRead_MissesNothingAndCanDropWhatComesTwice()
    {
        var conversation = NewConversation();
        await SayAsync(conversation, "m-1");
        var writing = Task.Run(async () =>
        {
            for (var n = 2; n <= 40; n++)
                await SayAsync(conversation, $"m-{n}");
        });

        var live = new ConcurrentQueue<long>();
        using var subscription = Host.Journal.Subscribe(conversation, entry => live.Enqueue(entry.Sequence));
        var past = (await Host.Journal.ReadAsync(conversation, 0, int.MaxValue)).Select(entry => entry.Sequence).ToArray();
        await writing;
        await Host.UntilAsync("all are answered", async () => (await AnsweredAsync(conversation)).Length == 40);
        var all = (await HistoryAsync(conversation)).Select(entry => entry.Sequence).ToArray();
        await Host.UntilAsync("the follower has the last one", () => Task.FromResult(all.Length == past.Length || live.Contains(all[^1])));

        Assert.Equal(Enumerable.Range(1, all.Length).Select(n => (long)n), all);
        Assert.Equal(all, past.Concat(live.Where(sequence => sequence > past.LastOrDefault())));
        Assert.Equal(live.Order(), live);
    }

    [Scenario]
    public async Task Subscription_TellsOfItsOwnGrainUntilDisposed()
    {
        var (one, other) = (NewConversation(), NewConversation());
        var told = new ConcurrentQueue<JournalEntry>();
        var subscription = Host.Journal.Subscribe(one, told.Enqueue);
        await SayAsync(one, "m-1");
        await SayAsync(other, "m-1");
        await EventAsync<MessageSent>(other);
        await Host.UntilAsync("the answer was told", () => Task.FromResult(told.Any(entry => entry.Event is MessageSent)));

        subscription.Dispose();
        var before = told.Count;
        await SayAsync(one, "m-2");
        await EventAsync<MessageSent>(one, sent => sent.InReplyTo == "m-2");

        Assert.Equal(before, told.Count);
        Assert.All(told, entry => Assert.Equal(one, entry.Grain));
    }

    [Scenario]
    public async Task SubscriberThatThrows_HurtsNobody()
    {
        var conversation = NewConversation();
        using var bad = Host.Journal.Subscribe(conversation, _ => throw new InvalidOperationException("a bug"));
        var told = new TaskCompletionSource<JournalEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var good = Host.Journal.Subscribe(conversation, entry => told.TrySetResult(entry));

        await SayAsync(conversation, "m-1");

        Assert.Equal(1, (await told.Task).Sequence);
        await EventAsync<MessageSent>(conversation);
    }

    [Scenario]
    public async Task WholeJournal_IsReadInPagesByPosition()
    {
        var conversations = Enumerable.Range(0, 5).Select(_ => NewConversation()).ToArray();
        await Task.WhenAll(conversations.Select(conversation => Task.Run(async () =>
        {
            for (var n = 1; n <= 5; n++)
                await SayAsync(conversation, $"m-{n}");
            await EventAsync<MessageSent>(conversation, sent => sent.InReplyTo == "m-5");
        })));

        var read = new List<JournalEntry>();
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await Host.Journal.ReadAllAsync(read.LastOrDefault()?.Position ?? 0, 7);
            read.AddRange(page);
        }
        while (page.Count > 0);

        Assert.Equal(read.Count, read.Select(entry => entry.Position).Distinct().Count());
        Assert.Equal(read.Select(entry => entry.Position).Order(), read.Select(entry => entry.Position));
        foreach (var conversation in conversations)
            Assert.Equal((await HistoryAsync(conversation)).Select(entry => entry.Sequence), read.Where(entry => entry.Grain == conversation).Select(entry => entry.Sequence));
    }
}
