using CustomerService.Grains.Journal;

namespace CustomerService.Silo.Tests.Crm;

internal static class JournalExtensions
{
    /// <summary>Returns when an event of that kind has become durable, or had already.</summary>
    public static async Task SeenAsync<TEvent>(this IJournal journal)
        where TEvent : JournalEvent
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = journal.Subscribe(null, entry =>
        {
            if (entry.Event is TEvent)
                seen.TrySetResult();
        });
        if ((await journal.ReadAllAsync(0, 1000)).Any(entry => entry.Event is TEvent))
            return;
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
