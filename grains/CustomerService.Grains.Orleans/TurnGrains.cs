using Orleans;
using GrainId = CustomerService.Grains.Turns.GrainId;

namespace CustomerService.Grains.Orleans;

internal static class TurnGrains
{
    /// <summary>The grain of that address, wherever in the cluster it lives.</summary>
    /// <exception cref="ArgumentException">There is no such kind of grain.</exception>
    public static ITurnGrain TurnGrainOf(this IGrainFactory grains, GrainId grain) => grain.Kind switch
    {
        GrainKinds.Address => grains.GetGrain<IAddressGrain>(grain.Key),
        GrainKinds.Agent => grains.GetGrain<IAgentGrain>(grain.Key),
        GrainKinds.Audit => grains.GetGrain<IAuditGrain>(grain.Key),
        GrainKinds.Budget => grains.GetGrain<IBudgetGrain>(grain.Key),
        GrainKinds.Delivery => grains.GetGrain<IDeliveryGrain>(grain.Key),
        GrainKinds.MailThread => grains.GetGrain<IThreadGrain>(grain.Key),
        GrainKinds.Conversation => grains.GetGrain<IConversationGrain>(grain.Key),
        GrainKinds.Alerts => grains.GetGrain<IAlertsGrain>(grain.Key),
        GrainKinds.Customer => grains.GetGrain<ICustomerGrain>(grain.Key),
        GrainKinds.Personal => grains.GetGrain<IPersonalGrain>(grain.Key),
        GrainKinds.Queue => grains.GetGrain<IQueueGrain>(grain.Key),
        GrainKinds.Retention => grains.GetGrain<IRetentionGrain>(grain.Key),
        GrainKinds.Reviews => grains.GetGrain<IReviewsGrain>(grain.Key),
        GrainKinds.Staff => grains.GetGrain<IStaffGrain>(grain.Key),
        GrainKinds.Ticket => grains.GetGrain<ITicketGrain>(grain.Key),
        _ => throw new ArgumentException($"There is no kind of grain called '{grain.Kind}'.", nameof(grain)),
    };
}
