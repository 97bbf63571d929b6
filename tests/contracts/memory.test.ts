import { MemoryStore } from '../../server/storage/memory.ts';
import { testRelayStoreContract } from './relay-store.contract.ts';

testRelayStoreContract('memory', async () => new MemoryStore());
