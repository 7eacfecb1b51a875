namespace CustomerService.Integrations.Outbound;

/// <summary>An outside system that is told of what happens here. The product's own customers and tickets are grains; this is how another system learns of them.</summary>
public interface IDestination
{
    /// <summary>Tells it once; retrying is for the caller, who keeps what is to be sent.</summary>
    /// <param name="idempotencyKey">The same for every try of the same event, so that a repetition changes nothing over there.</param>
    /// <param name="cancellation">The caller gives up; a timeout is not that, it is <see cref="Delivery.Retry"/>.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<Delivery> SendAsync(OutboundEvent what, string idempotencyKey, CancellationToken cancellation);
}
