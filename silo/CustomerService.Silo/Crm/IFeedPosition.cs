namespace CustomerService.Silo.Crm;

/// <summary>How far in the journal a feed has come. Only the one feed that is on duty moves it.</summary>
internal interface IFeedPosition
{
    /// <summary>The last entry that needs no sending any more; 0 before the first.</summary>
    long Value { get; }

    /// <summary>Takes it up where it was kept last: at the start, and when the duty comes to this process.</summary>
    ValueTask LoadAsync(CancellationToken cancellation);

    /// <summary>How many entries come after it, given the last one that is known.</summary>
    long Behind(long newest);

    /// <summary>Has <see cref="Behind"/> know what other processes have added.</summary>
    ValueTask CountAsync(CancellationToken cancellation);

    /// <summary>Goes on, in memory; back too, where the journal is not the one that it was.</summary>
    void MoveTo(long position);

    /// <summary>Makes it durable, if it has changed. Where that fails it stays to be kept.</summary>
    ValueTask KeepAsync(CancellationToken cancellation);
}
