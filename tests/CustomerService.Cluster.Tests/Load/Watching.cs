using System.Net.WebSockets;
using CustomerService.Cluster.Tests.Checking;
using CustomerService.Cluster.Tests.Processes;

namespace CustomerService.Cluster.Tests.Load;

/// <summary>A customer's open page: follows the transcript by the chat socket, and comes back from the last message it has when the socket breaks.</summary>
internal sealed class Watching(Func<Door> gateway, History history, TimeProvider time, Conversing customer)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var after = 0L;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using var frames = await Frames.OpenAsync(
                    gateway().Socket($"/api/chat/socket?conversation={customer.Conversation}&after={after}"), "chat.v1", customer.Visit.Token, cancellation);
                while (await frames.ReadAsync(cancellation) is { } frame)
                {
                    if ((string?)frame["type"] != "message")
                        continue;
                    var sequence = (long)frame["sequence"]!;
                    if (sequence != after + 1)
                        throw new InvalidOperationException($"The page of {customer.Conversation} had message {after} and was then sent {sequence}.");
                    after = sequence;
                    history.Add(DeedKind.Shown, customer.Conversation, (string)frame["id"]!, sequence);
                }
            }
            catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
            {
                // The gateway, or the way to it, is gone; or the run is over.
            }

            await Task.Delay(Pause, time, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
