using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace CustomerService.Grains.Orleans.Figures;

/// <summary>A grain whose key is a silo's name lives in that silo, and nowhere when it is gone.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InSiloOfItsNameAttribute() : PlacementAttribute(new InSiloOfItsName());

[Serializable]
internal sealed class InSiloOfItsName : PlacementStrategy;

internal sealed class InSiloOfItsNameDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var name = target.GrainIdentity.Key.ToString();
        var silo = Array.Find(context.GetCompatibleSilos(target), silo => silo.ToParsableString() == name);
        return silo is not null ? Task.FromResult(silo) : throw new SiloUnavailableException($"There is no silo {name} in the cluster now.");
    }
}
