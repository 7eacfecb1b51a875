using System.Net.WebSockets;
using CustomerService.Gateway.Errors;

namespace CustomerService.Gateway.Sockets;

/// <summary>A socket's life: it goes on until something ends it, and then goodbye is said.</summary>
internal sealed class SocketSession(FrameStream frames, SocketLogs logs)
{
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends it; only the first reason counts.</summary>
    /// <param name="why">Null: the other side said goodbye.</param>
    public void End(Exception? why) => _ended.TrySetResult(why);

    /// <summary>A part of the session, which ends it when it ends itself.</summary>
    /// <returns>Ends with the part and never fails: why the part did is known already.</returns>
    public async Task WatchAsync(Task part)
    {
        try
        {
            await part;
            End(null);
        }
        catch (Exception fault)
        {
            End(fault);
        }
    }

    /// <param name="reading">The part that ends when the other side does.</param>
    /// <param name="explain">Tells the other side why it is closed.</param>
    /// <param name="stopping">Cancelled when the host stops.</param>
    /// <param name="abort">Cancelled when the connection is gone.</param>
    public async Task RunAsync(Task reading, Func<FrameStream, Problem, ValueTask> explain, CancellationToken stopping, CancellationToken abort)
    {
        var watching = WatchAsync(reading);
        Exception? why;
        using (stopping.UnsafeRegister(static session => ((SocketSession)session!).End(SocketClosing.ForStop()), this))
            why = await _ended.Task;

        var (status, reason) = await FarewellAsync(why, explain);
        await frames.CloseAsync(status, reason, reading, abort);
        await watching;
    }

    /// <summary>How to say goodbye.</summary>
    private async ValueTask<(WebSocketCloseStatus Status, string Reason)> FarewellAsync(Exception? why, Func<FrameStream, Problem, ValueTask> explain)
    {
        switch (why)
        {
            case null:
                return (WebSocketCloseStatus.NormalClosure, "Goodbye.");
            case SocketClosing closing:
                return (closing.Status, closing.Message);
            case ProblemException refused:
                await explain(frames, refused.Problem);
                return (WebSocketCloseStatus.PolicyViolation, refused.Problem.Code);
            case WebSocketException or OperationCanceledException or IOException:
                return (WebSocketCloseStatus.ProtocolError, "The connection broke.");
            default:
                // A store that is away or a busy host: the client comes back, and resumes where it stood.
                logs.Failed(why, Problems.From(why));
                return (WebSocketCloseStatus.InternalServerError, "Something went wrong here; connect again to resume.");
        }
    }
}
