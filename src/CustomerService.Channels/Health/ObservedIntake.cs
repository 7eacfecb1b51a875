using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Health;

/// <summary>The way in, with what comes through it reported.</summary>
public sealed class ObservedIntake(IChannelIntake intake, ChannelHealth health) : IChannelIntake
{
    /// <inheritdoc/>
    public async Task<IntakeResult> AcceptAsync(IChannelAccount account, ChannelEvent what, CancellationToken cancellation)
    {
        var ended = false;
        IntakeResult result;
        try
        {
            result = await intake.AcceptAsync(account, what, cancellation);
            ended = true;
        }
        finally
        {
            if (!ended && what is ChannelEvent.Message)
                health.Of(account.Name).Received("put_off");
        }

        if (what is ChannelEvent.Message)
            health.Of(account.Name).Received(result switch { { Later: true } => "put_off", { Refused: not null } => "refused", { Duplicate: true } => "duplicate", _ => "taken" });
        return result;
    }
}
