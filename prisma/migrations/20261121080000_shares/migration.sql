-- CreateTable
CREATE TABLE "Share" (
    "token" TEXT NOT NULL,
    "labId" UUID NOT NULL,
    "branchId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "atMillis" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Share_pkey" PRIMARY KEY ("token")
);

-- CreateIndex
CREATE INDEX "Share_labId_idx" ON "Share"("labId");

-- CreateIndex
CREATE INDEX "Share_branchId_idx" ON "Share"("branchId");

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_labId_fkey" FOREIGN KEY ("labId") REFERENCES "Lab"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Branch"("id") ON DELETE CASCADE ON UPDATE CASCADE;
