using CustomerService.Gateway.Errors;
using CustomerService.Grains.Turns;

namespace CustomerService.Gateway.Conversations;

internal static class GrainClientExtensions
{
    /// <summary>Asks for one kind of answer.</summary>
    /// <exception cref="ProblemException">The grain refused.</exception>
    public static async ValueTask<TReply> AskForAsync<TReply>(this IGrainClient grains, GrainId grain, Command command, CancellationToken cancellation)
        where TReply : Reply =>
        await grains.AskAsync(grain, command, cancellation) switch
        {
            TReply reply => reply,
            Refused refused => throw Problems.Refused(refused),
            var other => throw new InvalidOperationException($"{grain} answered {command.GetType().Name} with {other.GetType().Name}."),
        };
}
