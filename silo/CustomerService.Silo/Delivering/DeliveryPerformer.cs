using CustomerService.Channels.Sending;
using CustomerService.Grains.Deliveries;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Delivering;

/// <summary>Sends one message through its channel: outside the delivery grain's turn, so that a slow provider blocks nobody.</summary>
internal sealed class DeliveryPerformer(MessageSender sender) : IWorkPerformer
{
    public Type Handles => typeof(SendOut);

    public async ValueTask<Command?> PerformAsync(GrainId origin, Work work, CancellationToken cancellation) => await sender.AttemptAsync((SendOut)work, cancellation);
}
