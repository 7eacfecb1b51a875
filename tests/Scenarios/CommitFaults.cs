using System.Reflection;
using System.Runtime.ExceptionServices;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Tests.Scenarios;

/// <summary>Lets a scenario have commits of one grain wait, fail or lose their answer; everything else passes to the real store.</summary>
public sealed class CommitFaults
{
    private volatile Fault? fault;

    /// <summary>Called in place of each commit of the grain, with the store's own as its second argument; null ends it.</summary>
    public void Set(GrainId grain, Func<Func<Task<CommitOutcome>>, Task<CommitOutcome>>? instead) => fault = instead is null ? null : new Fault(grain, instead);

    /// <summary>The same store, as whatever interface it is used by, with these faults.</summary>
    public TStore Before<TStore>(TStore store)
        where TStore : class, IGrainStore
    {
        var between = DispatchProxy.Create<TStore, Between>();
        ((Between)(object)between).Set(store, this);
        return between;
    }

    private Task<CommitOutcome> CommitAsync(IGrainStore store, GrainCommit commit) =>
        fault is { } set && set.Grain == commit.Grain ? set.Instead(() => store.CommitAsync(commit).AsTask()) : store.CommitAsync(commit).AsTask();

    private sealed record Fault(GrainId Grain, Func<Func<Task<CommitOutcome>>, Task<CommitOutcome>> Instead);

#pragma warning disable CA1852 // The proxy is derived from it.
    private class Between : DispatchProxy
#pragma warning restore CA1852
    {
        private IGrainStore store = null!;
        private CommitFaults faults = null!;

        public void Set(IGrainStore real, CommitFaults between) => (store, faults) = (real, between);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IGrainStore.CommitAsync))
                return new ValueTask<CommitOutcome>(faults.CommitAsync(store, (GrainCommit)args![0]!));
            try
            {
                return targetMethod.Invoke(store, args);
            }
            catch (TargetInvocationException fault) when (fault.InnerException is { } inner)
            {
                ExceptionDispatchInfo.Throw(inner);
                throw;
            }
        }
    }
}
