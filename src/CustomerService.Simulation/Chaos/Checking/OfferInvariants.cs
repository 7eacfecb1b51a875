using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;

namespace CustomerService.Simulation.Chaos.Checking;

/// <summary>An offer's life: made once, ended once, not before its lease is over unless somebody ended it; only an accepted one becomes an assignment.</summary>
internal static class OfferInvariants
{
    /// <summary>By how much the grains' clock may be off while it nears a wall clock that was set.</summary>
    public const double Slew = 0.06;

    public static void Hold(ChaosWorld world)
    {
        var made = new Dictionary<string, (TimeSpan At, OfferMade Offer)>();
        var ended = new Dictionary<string, (TimeSpan At, OfferEnded Offer)>();
        var assigned = new HashSet<string>();
        foreach (var happened in world.History.Events)
        {
            switch (happened.Event)
            {
                case OfferMade offer when !made.TryAdd(offer.OfferId, (happened.At, offer)):
                    throw new InvariantViolationException("an offer is made once", $"{offer.OfferId} was made twice.");
                case OfferEnded offer when !ended.TryAdd(offer.OfferId, (happened.At, offer)):
                    throw new InvariantViolationException("an offer ends once", $"{offer.OfferId} ended as {ended[offer.OfferId].Offer.Outcome} and as {offer.Outcome}.");
                case OfferEnded offer when !made.ContainsKey(offer.OfferId):
                    throw new InvariantViolationException("an offer ends after it was made", $"{offer.OfferId} was never made.");
                case AgentAssigned { OfferId: var offer } when !assigned.Add(offer):
                    throw new InvariantViolationException("an offer assigns once", $"{offer} became two assignments of {happened.Grain}.");
                case AgentAssigned { OfferId: var offer } when ended.GetValueOrDefault(offer).Offer is not { Outcome: "accepted" }:
                    throw new InvariantViolationException("only an accepted offer becomes an assignment", $"{offer} did, and {(ended.TryGetValue(offer, out var end) ? $"ended as {end.Offer.Outcome}" : "had not ended")}.");
            }
        }

        NoLeaseIsCut(world, made, ended);
    }

    private static void NoLeaseIsCut(ChaosWorld world, Dictionary<string, (TimeSpan At, OfferMade Offer)> made, Dictionary<string, (TimeSpan At, OfferEnded Offer)> ended)
    {
        foreach (var told in world.History.Tells)
        {
            if (told.Tell.Command is not ReceiveOffer offer || !made.TryGetValue(offer.OfferId, out var begun))
                continue;
            var lease = (offer.ExpiresAt - told.Clock) * (1 - Slew);
            if (ended.TryGetValue(offer.OfferId, out var over) && over.Offer.Outcome == "timed_out" && over.At - begun.At < lease)
                throw new InvariantViolationException("an offer times out when its lease is over", $"{offer.OfferId} did after {(over.At - begun.At).TotalSeconds:0.0} s.");
        }
    }
}
