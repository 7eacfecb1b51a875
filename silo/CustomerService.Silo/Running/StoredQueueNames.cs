using CustomerService.Gateway.Staff;
using CustomerService.Grains;
using CustomerService.Runtime.Stores;

namespace CustomerService.Silo.Running;

/// <summary>The queues that a shared store holds.</summary>
internal sealed class StoredQueueNames(ISharedGrainStore store) : IQueueNames
{
    private const int Page = 1_000;

    public async ValueTask<IReadOnlyCollection<string>> ReadAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        IReadOnlyList<string> page;
        do
        {
            page = await store.ReadKeysAsync(GrainKinds.Queue, names.Count > 0 ? names[^1] : "", Page, cancellation);
            names.AddRange(page);
        }
        while (page.Count == Page);
        return names;
    }
}
