using System.Net.WebSockets;
using CustomerService.Gateway.Errors;

namespace CustomerService.Gateway.Sockets;

/// <summary>A socket's life: it reads and tells until one of both sides ends it, and then says goodbye.</summary>
internal static class SocketSession
{
    /// <param name="reading">Ends when the other side does.</param>
    /// <param name="telling">What goes on meanwhile, until its token is cancelled.</param>
    /// <param name="explain">Tells the other side why it is closed.</param>
    /// <param name="stopping">Cancelled when the host stops.</param>
    /// <param name="abort">Cancelled when the connection is gone.</param>
    public static async Task RunAsync(
        FrameStream frames, SocketLogs logs, Task reading, Func<CancellationToken, Task[]> telling, Func<Problem, ValueTask> explain,
        CancellationToken stopping, CancellationToken abort)
    {
        using var ending = new CancellationTokenSource();
        var others = telling(ending.Token);
        var stop = WhenCancelledAsync(stopping);
        var first = await Task.WhenAny([reading, stop, .. others]);

        await ending.CancelAsync();
        var (status, reason) = first == stop
            ? (WebSocketCloseStatus.EndpointUnavailable, "The server is stopping; connect again to resume.")
            : await FarewellAsync(first, logs, explain);
        await frames.CloseAsync(status, reason, reading, abort);
        await Task.WhenAll([Ended(reading), .. others.Select(Ended)]);
    }

    /// <summary>How to say goodbye after this task ended.</summary>
    private static async ValueTask<(WebSocketCloseStatus Status, string Reason)> FarewellAsync(Task ended, SocketLogs logs, Func<Problem, ValueTask> explain)
    {
        try
        {
            await ended;
            return (WebSocketCloseStatus.NormalClosure, "Goodbye.");
        }
        catch (SocketClosing closing)
        {
            return (closing.Status, closing.Message);
        }
        catch (ProblemException refused)
        {
            await explain(refused.Problem);
            return (WebSocketCloseStatus.PolicyViolation, refused.Problem.Code);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            return (WebSocketCloseStatus.ProtocolError, "The connection broke.");
        }
        catch (Exception fault)
        {
            // A store that is away or a busy host: the client comes back, and resumes where it stood.
            logs.Failed(fault, Problems.From(fault));
            return (WebSocketCloseStatus.InternalServerError, "Something went wrong here; connect again to resume.");
        }
    }

    private static Task WhenCancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(cancelled.SetResult);
        return cancelled.Task;
    }

    /// <summary>The task's end, whichever it is: why it failed was told already.</summary>
    private static Task Ended(Task task) => task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
