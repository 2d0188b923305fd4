/** Open and day keys end in a shard number. One shard takes 1,000 writes a second on DynamoDB; raise it before that. */
export const indexShardCount = 1;
